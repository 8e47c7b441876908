package io.tollgate.sink.dead;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.avro.DeadLetter;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.trace.TraceContext;
import io.tollgate.sink.batch.Received;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class DeadLetterWriterTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DeadLetterWriter writer =
            new DeadLetterWriter(Codecs.settle(new FixedSchemaIds()).dead(), new DeadLetterMetrics(meters));
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger(DeadLetterWriter.class);
    }

    @BeforeEach
    void listen() {
        lines.start();
        log().addAppender(lines);
    }

    @AfterEach
    void leave() {
        log().detachAppender(lines);
    }

    @Test
    void aLineNamesTheEventAndItsTraceAndNothingOfItsContent() {
        writer.committed(List.of(row("unmatched", 7)));

        ILoggingEvent line = lines.list.get(0);
        assertThat(line.getFormattedMessage()).isEqualTo("dead letter, unmatched: record 7 of usage.events-3");
        Map<String, Object> members = line.getKeyValuePairs().stream()
                .collect(Collectors.toMap((KeyValuePair pair) -> pair.key, pair -> pair.value));
        assertThat(members)
                .isEqualTo(Map.of(
                        "code", "unmatched",
                        "company", "acme",
                        "event_source", "a service",
                        "event_id", "an\nid",
                        "trace_id", "0af7651916cd43dd8448eb211c80319c"));
    }

    @Test
    void aFloodIsCountedAndNotToldOneByOne() {
        List<Received<DeadLetter>> rows = new ArrayList<>(
                IntStream.range(0, 500).mapToObj(i -> row("unreadable", i)).toList());
        rows.add(row("of_a_later_version", 500));

        writer.committed(rows);

        assertThat(lines.list).hasSize(11);
        assertThat(lines.list.get(10).getFormattedMessage()).isEqualTo("491 more dead letters at once");
        assertThat(Stream.of("unreadable", "other", "unmatched").map(code -> meters.get("tollgate.dead.letters")
                        .tag("code", code)
                        .counter()
                        .count()))
                .containsExactly(500.0, 1.0, 0.0);
    }

    private static Received<DeadLetter> row(String code, long offset) {
        ConsumerRecord<byte[], byte[]> origin = new ConsumerRecord<>("usage.dead", 0, offset, new byte[0], new byte[0]);
        TraceContext trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
        trace.headers().forEach(origin.headers()::add);
        DeadLetter letter = DeadLetter.newBuilder()
                .setCode(code)
                .setDetail("model 'a secret prompt' is not known")
                .setOriginTopic("usage.events")
                .setOriginPartition(3)
                .setOriginOffset(offset)
                .setOriginTimestamp(0)
                .setCompany("acme")
                .setSource("a service")
                .setId("an\nid")
                .setOriginal(ByteBuffer.wrap(new byte[] {1}))
                .build();
        return new Received<>(origin, letter);
    }
}
