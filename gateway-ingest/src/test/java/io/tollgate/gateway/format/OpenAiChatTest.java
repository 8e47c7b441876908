package io.tollgate.gateway.format;

import static io.tollgate.gateway.format.Bodies.assertReads;
import static io.tollgate.gateway.format.Bodies.quantities;
import static io.tollgate.gateway.format.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiChatTest {
    @Test
    void cachedTokensAreTakenOutOfThePrompt() {
        assertReads(
                "openai.chat",
                """
                {"id":"chatcmpl-1","model":"gpt-4o-2024-08-06","service_tier":"default","choices":[{"message":{"content":"x"}}],
                 "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
                  "prompt_tokens_details":{"cached_tokens":1920}}}""",
                Map.of("input", "86", "cache_read", "1920", "output", "300"));
    }

    @Test
    void reasoningInsideTheCompletionIsTakenOutOfIt() {
        assertReads(
                "openai.chat",
                """
                {"usage":{"prompt_tokens":10,"completion_tokens":100,"total_tokens":110,
                  "completion_tokens_details":{"reasoning_tokens":60}}}""",
                Map.of("input", "10", "output", "40", "reasoning", "60"));
    }

    @Test
    void reasoningOutsideTheCompletionIsToldByTheTotal() {
        assertReads(
                "openai.chat",
                """
                {"usage":{"prompt_tokens":10,"completion_tokens":40,"total_tokens":110,
                  "completion_tokens_details":{"reasoning_tokens":60}}}""",
                Map.of("input", "10", "output", "40", "reasoning", "60"));
    }

    @Test
    void thoughtsThatGeminiHidesAreWhatTheTotalHasMore() {
        Reading reading = read(
                "openai.chat",
                "gemini",
                "{\"usage\":{\"prompt_tokens\":758,\"completion_tokens\":102,\"total_tokens\":1725}}");
        assertThat(quantities(reading)).isEqualTo(Map.of("input", "758", "output", "102", "reasoning", "865"));
    }

    @Test
    void aTotalThatFitsNothingIsInconsistentAndNothingIsBilled() {
        Reading reading =
                read("openai.chat", "{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":10,\"total_tokens\":99}}");
        assertThat(reading.quality()).isEqualTo(Quality.INCONSISTENT);
        assertThat(reading.quantities()).isEmpty();
        assertThat(reading.remark()).contains("99");
    }

    @Test
    void ofAStreamTheLastUsageCounts() {
        assertReads(
                "openai.chat.stream",
                """
                [{"id":"","model":"","choices":[],"prompt_filter_results":[]},
                 {"id":"c","model":"gpt-4o-mini","choices":[{}],"usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}},
                 {"id":"c","model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}]""",
                Map.of("input", "5", "output", "7"));
    }

    @Test
    void aStreamWithoutUsageIsMissingAndItsModelIsKept() {
        Reading reading = read("openai.chat.stream", "[{\"id\":\"c\",\"model\":\"gpt-4o-mini\",\"usage\":null}]");
        assertThat(reading.quality()).isEqualTo(Quality.MISSING);
        assertThat(reading.model()).isEqualTo("gpt-4o-mini");
    }

    @Test
    void aStreamThatBrokeOffIsPartialWithWhatIsKnown() {
        Reading reading = read(
                "openai.chat.stream",
                """
                [{"id":"c","choices":[{"delta":{},"finish_reason":null}],"usage":{"prompt_tokens":5,"completion_tokens":1}},
                 {"id":"c","choices":[{"delta":{},"finish_reason":null}],"usage":{"prompt_tokens":5,"completion_tokens":2}}]""");
        assertThat(reading.quality()).isEqualTo(Quality.PARTIAL);
        assertThat(quantities(reading)).isEqualTo(Map.of("input", "5", "output", "2"));
    }

    @Test
    void theChunkThatFinishesMayCarryTheUsage() {
        assertReads(
                "openai.chat.stream",
                """
                [{"id":"c","choices":[{"delta":{}}]},
                 {"id":"c","choices":[{"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":5,"completion_tokens":7}}}]""",
                Map.of("input", "5", "output", "7"));
    }

    @Test
    void predictionsAndTimingsAddNothing() {
        assertReads(
                "openai.chat",
                """
                {"usage":{"prompt_tokens":50,"completion_tokens":30,"total_tokens":80,"queue_time":0.28,"total_time":0.4,
                  "completion_tokens_details":{"accepted_prediction_tokens":12,"rejected_prediction_tokens":6}}}""",
                Map.of("input", "50", "output", "30"));
    }

    @Test
    void deepSeeksCacheHitRepeatsTheCachedTokens() {
        assertReads(
                "openai.chat",
                """
                {"usage":{"prompt_tokens":60,"completion_tokens":1,"total_tokens":61,"prompt_cache_hit_tokens":50,
                  "prompt_cache_miss_tokens":10,"prompt_tokens_details":{"cached_tokens":50}}}""",
                Map.of("input", "10", "cache_read", "50", "output", "1"));
    }

    @Test
    void hitsAndMissesThatAreNotThePromptAreInconsistent() {
        Reading reading = read(
                "openai.chat",
                """
                {"usage":{"prompt_tokens":60,"completion_tokens":1,"prompt_cache_hit_tokens":50,"prompt_cache_miss_tokens":20}}""");
        assertThat(reading.quality()).isEqualTo(Quality.INCONSISTENT);
    }

    @Test
    void moreCachedThanPromptIsInconsistent() {
        Reading reading = read(
                "openai.chat",
                "{\"usage\":{\"prompt_tokens\":60,\"completion_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":61}}}");
        assertThat(reading.quality()).isEqualTo(Quality.INCONSISTENT);
    }

    @Test
    void anImageThatWasCachedIsCountedOnceAndFlagged() {
        Reading reading = read(
                "openai.chat",
                """
                {"usage":{"prompt_tokens":300,"completion_tokens":1,"total_tokens":301,
                  "prompt_tokens_details":{"text_tokens":44,"image_tokens":256,"cached_tokens":280}}}""");
        assertThat(reading.quality()).isEqualTo(Quality.SETTLED);
        assertThat(quantities(reading))
                .isEqualTo(Map.of("input", "0", "cache_read", "280", "input_image", "20", "output", "1"));
    }

    @Test
    void audioAndImagesAreTakenOutOfBothSides() {
        assertReads(
                "azure.openai.chat",
                """
                {"usage":{"prompt_tokens":100,"completion_tokens":90,"total_tokens":190,
                  "prompt_tokens_details":{"audio_tokens":60,"cache_write_tokens":10},
                  "completion_tokens_details":{"audio_tokens":50,"image_tokens":20}}}""",
                Map.of(
                        "input",
                        "30",
                        "input_audio",
                        "60",
                        "cache_write",
                        "10",
                        "output",
                        "20",
                        "output_audio",
                        "50",
                        "output_image",
                        "20"));
    }

    @Test
    void whatMistralHearsIsBilledBySecondAndItsTokensAreNot() {
        assertReads(
                "openai.chat",
                """
                {"usage":{"prompt_audio_seconds":9,"prompt_tokens":4,"completion_tokens":87,"total_tokens":466,
                  "prompt_tokens_details":{"audio_tokens":375,"cached_tokens":360}}}""",
                Map.of("input", "4", "audio_second", "9", "output", "87"));
        assertReads(
                "openai.chat",
                """
                {"usage":{"prompt_tokens":70,"completion_tokens":12,"total_tokens":82,"num_cached_tokens":69}}""",
                Map.of("input", "1", "cache_read", "69", "output", "12"));
    }

    @Test
    void whatTheVendorChargedIsKept() {
        assertThat(read("openai.chat", "{\"usage\":{\"prompt_tokens\":1,\"cost\":8.6e-05}}")
                        .vendorCost())
                .hasToString("0.000086");
        assertThat(read("openai.chat", "{\"usage\":{\"prompt_tokens\":1,\"cost_in_usd_ticks\":37756000}}")
                        .vendorCost())
                .hasToString("0.0037756");
        assertThat(read("openai.chat", "{\"usage\":{\"prompt_tokens\":1,\"cost\":0.0034349999999999997}}")
                        .vendorCost())
                .describedAs("a double's noise")
                .hasToString("0.0034349999999999997");
    }
}
