package io.tollgate.chaos.fuzz.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.Company;
import io.tollgate.avro.Submission;
import io.tollgate.schemas.config.ConfigKeys;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class HostileRecordsTest {
    private static final int INPUTS = 3_000;
    private static final long NOW = 1_800_000_000_000_000L;

    private final FixedSchemaIds ids = new FixedSchemaIds();
    private final Map<String, Integer> schemaIds = new HashMap<>();
    private final HostileRecords records;

    HostileRecordsTest() {
        Topics.ALL.forEach(topic -> schemaIds.put(topic.name(), ids.idFor(topic.subject(), topic.value())));
        records = new HostileRecords(5, NOW, Topics.ALL, schemaIds);
    }

    @Test
    void theSameSeedAndNumberAreTheSameInput() {
        HostileRecords again = new HostileRecords(5, NOW, Topics.ALL, schemaIds);
        for (long number : new long[] {1_234, 5, 60}) {
            assertThat(again.input(number)).usingRecursiveComparison().isEqualTo(records.input(number));
        }
    }

    /** The judge demands a dead letter of each of these, so none may be readable. */
    @Test
    void whatIsSaidToBeUnreadableIs() {
        Map<String, AvroCodec<SpecificRecord>> codecs = new HashMap<>();
        Topics.ALL.forEach(topic -> codecs.put(topic.name(), codec(topic)));
        Set<String> kinds = new HashSet<>();
        for (int number = 0; number < INPUTS; number++) {
            RecordInput input = records.input(number);
            kinds.add(input.what());
            byte[] value = input.value();
            if (input.unreadable() && value != null) {
                assertThatThrownBy(() -> Objects.requireNonNull(codecs.get(input.topic()))
                                .decode(value))
                        .describedAs("input %s to %s, %s", number, input.topic(), input.what())
                        .isInstanceOf(UnreadableRecordException.class);
            }
        }
        assertThat(kinds)
                .contains(
                        "bytes",
                        "no header",
                        "cut off",
                        "unknown magic",
                        "unknown schema",
                        "another schema",
                        "flipped bits",
                        "lengths that lie",
                        "no value",
                        "absurd values",
                        "a large key");
    }

    /** A service holds what it is configured with: more and more of it would fill its memory, and that is no fault. */
    @Test
    void ofWhatIsHeldThereAreAFewNames() {
        HostileRecords companies = new HostileRecords(9, NOW, List.of(Topics.CONFIG_COMPANIES), schemaIds);
        AvroCodec<Company> codec = AvroCodec.of(Topics.CONFIG_COMPANIES, ids);
        Set<String> names = new HashSet<>();
        int underTheirKey = 0;
        for (int number = 0; number < INPUTS; number++) {
            RecordInput input = companies.input(number);
            byte[] value = input.value();
            if (input.what().equals("absurd values") && value != null) {
                Company company = codec.decode(value);
                names.add(company.getId());
                underTheirKey += Arrays.equals(input.key(), ConfigKeys.of(company)) ? 1 : 0;
            }
        }
        assertThat(names).hasSizeBetween(16, 32);
        assertThat(underTheirKey).isGreaterThan(INPUTS / 5);
    }

    @Test
    void manyRecordsOfAbsurdValuesAreReadAndSayAbsurdThings() {
        HostileRecords inbox = new HostileRecords(9, NOW, List.of(Topics.USAGE_INBOX), schemaIds);
        AvroCodec<Submission> codec = AvroCodec.of(Topics.USAGE_INBOX, ids);
        int read = 0;
        Set<Long> times = new HashSet<>();
        for (int number = 0; number < INPUTS; number++) {
            RecordInput input = inbox.input(number);
            if (input.what().equals("absurd values") && input.value() != null) {
                try {
                    Submission submission = codec.decode(input.value());
                    read++;
                    times.add(submission.getReceivedAt());
                } catch (UnreadableRecordException e) {
                    // By a number that nobody may compute with.
                }
            }
        }
        assertThat(read).isGreaterThan(INPUTS / 10);
        assertThat(times).contains(NOW, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private AvroCodec<SpecificRecord> codec(Topic topic) {
        return AvroCodec.of(topic, ids);
    }
}
