package io.tollgate.schemas.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.serde.AvroGuards;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SubmissionJsonTest {
    static {
        AvroGuards.set();
    }

    @Test
    void aSubmissionIsShownInTheWordsOfItsEvent() {
        JsonNode json = SubmissionJson.of(usage(new ExactDecimal(125L, 2, null)));
        assertThat(json.path("kind").asString()).isEqualTo("usage");
        assertThat(json.path("received_at").asString()).isEqualTo("1970-01-01T00:00:00.000001Z");
        JsonNode usage = json.path("usage");
        assertThat(usage.path("event_time").isNull()).isTrue();
        assertThat(usage.path("dimensions").toString()).isEqualTo("{\"input\":\"1.25\"}");
        assertThat(usage.path("labels").toString()).isEqualTo("{\"team\":\"search\"}");
    }

    /** Four bytes of a record could else be gigabytes of zeros. */
    @Test
    void aNumberOfAbsurdLengthIsNotWrittenOut() {
        for (ExactDecimal absurd : List.of(
                new ExactDecimal(1L, -2_000_000_000, null),
                new ExactDecimal(1L, 2_000_000_000, null),
                new ExactDecimal(0L, 0, ByteBuffer.wrap(new byte[33])),
                new ExactDecimal(0L, 0, ByteBuffer.wrap(new byte[0])))) {
            assertThat(SubmissionJson.of(usage(absurd))
                            .at("/usage/dimensions/input")
                            .asString())
                    .isEqualTo("out of bounds");
        }
    }

    private static Submission usage(ExactDecimal quantity) {
        return Submission.newBuilder()
                .setCompany("acme")
                .setKind(SubmissionKind.USAGE)
                .setSource("it")
                .setId("1")
                .setReceivedAt(1)
                .setUsage(Usage.newBuilder()
                        .setEventTime(1)
                        .setEventTimeGiven(false)
                        .setProvider("openai")
                        .setModel("gpt-4o")
                        .setLabels(Map.of("team", "search"))
                        .setDimensions(List.of(new DimensionQuantity("input", quantity)))
                        .build())
                .build();
    }
}
