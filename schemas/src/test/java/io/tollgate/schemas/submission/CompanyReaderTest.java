package io.tollgate.schemas.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Submission;
import io.tollgate.schemas.release.Samples;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CompanyReaderTest {
    private final FixedSchemaIds ids = new FixedSchemaIds();
    private final CompanyReader reader = new CompanyReader(ids);

    @Test
    void theCompanyIsReadOffASubmission() {
        AvroCodec<Submission> codec = AvroCodec.of(Topics.USAGE_EVENTS, ids);

        assertThat(reader.company(codec.encode(submission("acme é")))).isEqualTo("acme é");
    }

    @Test
    void theCompanyIsReadOffASubmissionThatBreaksOff() {
        byte[] whole = AvroCodec.of(Topics.USAGE_EVENTS, ids).encode(submission("acme"));

        assertThat(reader.company(Arrays.copyOf(whole, whole.length / 2))).isEqualTo("acme");
    }

    @Test
    void aSchemaThatTheRegistryLearnsLaterIsKnownThen() {
        byte[] early = {0, 0, 0, 0, 1, 8, 'a', 'c', 'm', 'e'};
        assertThat(reader.company(early)).isNull();

        assertThat(ids.idFor("usage.events-value", Submission.getClassSchema())).isEqualTo(1);
        assertThat(reader.company(early)).isEqualTo("acme");
    }

    @Test
    void bytesThatNameNoCompanyHaveNone() {
        int other = ids.idFor("other", Schema.create(Schema.Type.STRING));

        assertThat(reader.company(new byte[0])).isNull();
        assertThat(reader.company("{\"not\":\"avro\"}".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(reader.company(new byte[] {0, 0, 0, 0, 99, 2, 'a'})).isNull();
        assertThat(reader.company(new byte[] {0, 0, 0, 0, (byte) other, 2, 'a'}))
                .isNull();
        assertThat(reader.company(new byte[] {0, 0, 0, 0, 1, 20, 'a'})).isNull();
    }

    private static Submission submission(String company) {
        return Submission.newBuilder(Samples.submission()).setCompany(company).build();
    }
}
