package io.tollgate.sink.accepted;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Company;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.AvroGuards;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.Records;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SenderReaderTest {
    private final SchemaIds ids = new FixedSchemaIds();
    private final SenderReader reader = new SenderReader(ids);
    private final AvroCodec<Submission> codec = AvroCodec.of(Topics.USAGE_EVENTS, ids);

    @BeforeAll
    static void guards() {
        AvroGuards.set();
    }

    private static Submission.Builder submission() {
        return Submission.newBuilder(Records.submission("acme", "req-1"))
                .setAuthId("key_1")
                .setReason("because é漢😀")
                .setCorrectionId("void-1");
    }

    @Test
    void companyAndKeyAreReadPastEverythingBetweenThem() {
        assertThat(reader.sender(codec.encode(submission().build()))).isEqualTo(new Sender("acme", "key_1"));
        assertThat(reader.sender(codec.encode(
                        submission().setReason(null).setCorrectionId(null).build())))
                .isEqualTo(new Sender("acme", "key_1"));
    }

    @Test
    void whatCameByNoKeyHasNone() {
        assertThat(reader.sender(codec.encode(submission().setAuthId(null).build())))
                .isEqualTo(new Sender("acme", null));
    }

    /** The company counts in the balance, so it is told as long as it can be read. */
    @Test
    void bytesThatBreakOffHaveWhatCanBeRead() {
        byte[] whole = codec.encode(submission().build());
        for (int length = 0; length < whole.length; length++) {
            Sender sender = reader.sender(Arrays.copyOf(whole, length));
            assertThat(sender.company()).as("%d bytes", length).isIn(null, "acme");
            assertThat(sender.authId()).as("%d bytes", length).isIn(null, "key_1");
            assertThat(sender.company() == null && sender.authId() != null).isFalse();
        }
        assertThat(reader.sender(new byte[0])).isEqualTo(new Sender(null, null));
    }

    @Test
    void anotherTopicsRecordHasNeither() {
        Company company = new Company("acme", "Acme", "USD", "UTC", Map.of(), 1L, 0L, 0L);
        byte[] bytes = AvroCodec.<Company>of(Topics.CONFIG_COMPANIES, ids).encode(company);

        assertThat(reader.sender(bytes)).isEqualTo(new Sender(null, null));
    }

    @Test
    void whatFollowsTheKeyIsNotLookedAt() {
        Usage usage = Usage.newBuilder()
                .setEventTime(1)
                .setProvider("openai")
                .setModel("gpt-4o")
                .setDimensions(List.of())
                .build();
        byte[] bytes = codec.encode(
                submission().setKind(SubmissionKind.USAGE).setUsage(usage).build());
        Arrays.fill(bytes, bytes.length - 20, bytes.length, (byte) 0xff);

        assertThat(reader.sender(bytes)).isEqualTo(new Sender("acme", "key_1"));
    }
}
