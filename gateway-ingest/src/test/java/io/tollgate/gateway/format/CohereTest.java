package io.tollgate.gateway.format;

import static io.tollgate.gateway.format.Bodies.assertReads;
import static io.tollgate.gateway.format.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CohereTest {
    @Test
    void billedUnitsAreBilledAndTokensAreNot() {
        assertReads(
                "cohere.v1.chat",
                """
                {"generation_id":"g","meta":{"billed_units":{"input_tokens":67,"output_tokens":31,"search_units":2},
                  "tokens":{"input_tokens":133,"output_tokens":33}}}""",
                Map.of("input", "67", "output", "31", "search_unit", "2"));
        assertReads(
                "cohere.v2.chat",
                """
                {"id":"c","usage":{"billed_units":{"input_tokens":51,"output_tokens":0},"cached_tokens":1440,
                  "tokens":{"input_tokens":1533,"output_tokens":36}}}""",
                Map.of("input", "51", "output", "0"));
    }

    @Test
    void tokensAloneAreNoBill() {
        Reading reading = read("cohere.v2.chat", "{\"id\":\"c\",\"usage\":{\"tokens\":{\"input_tokens\":1533}}}");
        assertThat(reading.quality()).isEqualTo(Quality.MISSING);
        assertThat(reading.requestId()).isEqualTo("c");
    }

    @Test
    void aStreamsUnitsAreInItsLastDelta() {
        String start = "{\"type\":\"message-start\",\"id\":\"c\",\"delta\":{\"message\":{\"role\":\"assistant\"}}}";
        assertReads(
                "cohere.v2.chat.stream",
                "[" + start + ",{\"type\":\"message-end\",\"delta\":{\"usage\":{\"billed_units\":"
                        + "{\"input_tokens\":7,\"output_tokens\":22}}}}]",
                Map.of("input", "7", "output", "22"));
        assertThat(read("cohere.v2.chat.stream", "[" + start + "]").quality()).isEqualTo(Quality.MISSING);
    }

    @Test
    void anEmbeddedImageIsBilledByItsTokensOrByItself() {
        assertReads(
                "cohere.v2.embed",
                "{\"meta\":{\"billed_units\":{\"input_tokens\":0,\"image_tokens\":258,\"images\":1}}}",
                Map.of("input", "0", "input_image", "258"));
        assertReads("cohere.v2.embed", "{\"meta\":{\"billed_units\":{\"images\":2}}}", Map.of("image_in", "2"));
    }

    @Test
    void rerankIsBySearchUnit() {
        assertReads(
                "cohere.v2.rerank", "{\"meta\":{\"billed_units\":{\"search_units\":3}}}", Map.of("search_unit", "3"));
        assertReads(
                "cohere.v2.rerank", "{\"meta\":{\"billed_units\":{\"search_units\":0}}}", Map.of("search_unit", "0"));
    }
}
