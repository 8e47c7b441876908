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
}
