package io.tollgate.sink.accepted;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Submission;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.Records;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CompanyReaderTest {
    private final FixedSchemaIds ids = new FixedSchemaIds();
    private final CompanyReader reader = new CompanyReader(ids);

    @Test
    void theCompanyIsReadOffASubmission() {
        AvroCodec<Submission> codec = AvroCodec.of(Topics.USAGE_EVENTS, ids);

        assertThat(reader.company(codec.encode(Records.submission("acme é", "req-1"))))
                .isEqualTo("acme é");
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
}
