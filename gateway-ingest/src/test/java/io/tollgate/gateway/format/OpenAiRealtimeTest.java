package io.tollgate.gateway.format;

import static io.tollgate.gateway.format.Bodies.assertReads;
import static io.tollgate.gateway.format.Bodies.quantities;
import static io.tollgate.gateway.format.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiRealtimeTest {
    private static final String DONE =
            """
            {"type":"response.done","response":{"id":"%s","usage":{"total_tokens":130,"input_tokens":100,"output_tokens":30,
              "input_token_details":{"text_tokens":40,"audio_tokens":50,"image_tokens":10,"cached_tokens":35,
               "cached_tokens_details":{"text_tokens":10,"audio_tokens":20,"image_tokens":5}},
              "output_token_details":{"text_tokens":12,"audio_tokens":18}}}}""";

    @Test
    void whatWasCachedIsTakenOutOfItsOwnModality() {
        assertReads(
                "openai.realtime",
                DONE.formatted("r1"),
                Map.of(
                        "input",
                        "30",
                        "input_audio",
                        "30",
                        "input_image",
                        "5",
                        "cache_read",
                        "10",
                        "cache_read_audio",
                        "20",
                        "cache_read_image",
                        "5",
                        "output",
                        "12",
                        "output_audio",
                        "18"));
    }

    @Test
    void theResponsesOfASessionAddUpAndNoneCountsTwice() {
        Reading reading = read(
                "openai.realtime",
                "[{\"type\":\"session.created\",\"session\":{\"model\":\"gpt-realtime\"}}," + DONE.formatted("r1") + ","
                        + DONE.formatted("r2") + "," + DONE.formatted("r2") + "]");
        assertThat(reading.quality()).isEqualTo(Quality.COMPLETE);
        assertThat(reading.model()).isEqualTo("gpt-realtime");
        assertThat(quantities(reading)).containsEntry("output_audio", "36").containsEntry("input", "60");
    }

    @Test
    void aResponseWithoutUsageMakesTheSessionPartial() {
        Reading reading = read(
                "openai.realtime",
                "[" + DONE.formatted("r1")
                        + ",{\"type\":\"response.done\",\"response\":{\"id\":\"r2\",\"usage\":null}}]");
        assertThat(reading.quality()).isEqualTo(Quality.PARTIAL);
        assertThat(quantities(reading)).containsEntry("output_audio", "18");
    }

    @Test
    void detailsThatAreLessThanTheWholeLeaveText() {
        Reading less = read(
                "openai.realtime",
                """
                {"type":"response.done","response":{"usage":{"input_tokens":10,"output_tokens":0,
                  "input_token_details":{"text_tokens":3,"audio_tokens":4}}}}""");
        assertThat(less.quality()).isEqualTo(Quality.SETTLED);
        assertThat(quantities(less)).isEqualTo(Map.of("input", "6", "input_audio", "4", "output", "0"));
        Reading more = read(
                "openai.realtime",
                """
                {"type":"response.done","response":{"usage":{"input_tokens":10,"output_tokens":0,
                  "input_token_details":{"text_tokens":8,"audio_tokens":4}}}}""");
        assertThat(more.quality()).isEqualTo(Quality.INCONSISTENT);
    }
}
