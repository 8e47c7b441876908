package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which trace each record is part of. */
class TracesTopologyTest {
    private static final String FIRST = "00-11111111111111111111111111111111-aaaaaaaaaaaaaaaa-01";
    private static final String SECOND = "00-22222222222222222222222222222222-bbbbbbbbbbbbbbbb-01";

    private MeteringDriver driver;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new MeteringDriver(stateDir);
        driver.price(Given.prices());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void anEventsTraceGoesFromTheInboxToTheLedgerAndNoOtherHeaderDoes() {
        driver.headers = traced(FIRST).add("tracestate", bytes("vendor=value")).add("authorization", bytes("secret"));
        driver.inbox(null, Given.usage("req-1", 1_000, 100));

        String expected = "traceparent=" + FIRST + " tracestate=vendor=value";
        assertThat(headers(Topics.USAGE_EVENTS)).containsExactly(expected);
        assertThat(headers(Topics.USAGE_RATED)).containsExactly(expected);
    }

    @Test
    void whatIsRefusedKeepsItsTrace() {
        driver.headers = traced(FIRST).add("authorization", bytes("secret"));
        driver.send(Topics.USAGE_INBOX, null, bytes("no record"));
        driver.send(Topics.USAGE_EVENTS, new byte[EventHash.LENGTH], bytes("no record"));
        driver.event(Given.usage("req-1", 1_000, 100));
        driver.event(Given.usage("req-1", 1_000, 200));

        assertThat(headers(Topics.USAGE_DEAD)).containsExactly("traceparent=" + FIRST, "traceparent=" + FIRST);
        assertThat(headers(Topics.USAGE_OUTCOMES)).containsExactly("traceparent=" + FIRST);
    }

    @Test
    void eachRecordHasItsOwnTraceAndNoneWhereItHasNone() {
        driver.headers = traced(FIRST);
        driver.event(Given.usage("req-1", 1_000, 100));
        driver.headers = traced(SECOND);
        driver.event(Given.usage("req-2", 1_000, 100));
        driver.headers = new RecordHeaders();
        driver.event(Given.usage("req-3", 1_000, 100));
        driver.headers = traced("00-wrong");
        driver.event(Given.usage("req-4", 1_000, 100));
        driver.event(Given.usage("req-1", 1_000, 100));

        assertThat(headers(Topics.USAGE_RATED))
                .containsExactly("traceparent=" + FIRST, "traceparent=" + SECOND, "", "");
        assertThat(headers(Topics.USAGE_OUTCOMES)).containsExactly("");
    }

    @Test
    void aReversalIsPartOfTheCorrectionsTrace() {
        driver.headers = traced(FIRST);
        driver.event(Given.usage("req-1", 1_000, 100));
        driver.headers = traced(SECOND);
        driver.event(Given.voiding("req-1"));

        assertThat(headers(Topics.USAGE_RATED)).containsExactly("traceparent=" + FIRST, "traceparent=" + SECOND);
        assertThat(headers(Topics.USAGE_OUTCOMES)).containsExactly("traceparent=" + SECOND);
    }

    @Test
    void aCorrectionThatWaitedKeepsItsOwnTrace() {
        driver.headers = traced(FIRST);
        driver.event(Given.voiding("req-1"));
        driver.headers = traced(SECOND);
        driver.event(Given.usage("req-1", 1_000, 100));

        List<String> outcomes = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : driver.records(Topics.USAGE_OUTCOMES)) {
            Outcome outcome = driver.codecs.outcomes().decode(record.value());
            outcomes.add(outcome.getOutcome() + " " + text(record));
        }
        assertThat(outcomes)
                .containsExactly(
                        OutcomeKind.PENDING + " traceparent=" + FIRST,
                        OutcomeKind.CANCELLED + " traceparent=" + SECOND,
                        OutcomeKind.APPLIED + " traceparent=" + FIRST);
    }

    @Test
    void aCorrectionThatWaitedInVainIsReportedUnderItsOwnTrace() {
        driver.headers = traced(FIRST);
        driver.event(Given.voiding("req-1"));
        driver.headers = traced(SECOND);
        driver.leap(Duration.ofHours(25));
        driver.event(Given.usage("req-1", 1_000, 100));

        assertThat(headers(Topics.USAGE_DEAD)).containsExactly("traceparent=" + FIRST);
        assertThat(headers(Topics.USAGE_OUTCOMES)).containsExactly("traceparent=" + FIRST, "traceparent=" + FIRST);
        assertThat(headers(Topics.USAGE_RATED)).containsExactly("traceparent=" + SECOND);
    }

    /** They are of many events. */
    @Test
    void sumsArePartOfNoTrace() {
        driver.headers = traced(FIRST);
        driver.event(Given.usage("req-1", 1_000, 100));
        driver.idle(Duration.ofSeconds(1));

        assertThat(headers(Topics.USAGE_PARTIALS)).isNotEmpty().containsOnly("");
        assertThat(headers(Topics.USAGE_STATS)).isNotEmpty().containsOnly("");
    }

    private List<String> headers(Topic topic) {
        return driver.records(topic).stream().map(TracesTopologyTest::text).toList();
    }

    private static String text(TestRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder();
        record.headers().forEach(header -> text.append(text.isEmpty() ? "" : " ")
                .append(header.key())
                .append('=')
                .append(new String(header.value(), StandardCharsets.US_ASCII)));
        return text.toString();
    }

    private static Headers traced(String parent) {
        return new RecordHeaders().add("traceparent", bytes(parent));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
