package io.tollgate.gateway.format;

import static io.tollgate.gateway.format.Bodies.quantities;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class LitellmLogTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai               | {cache_read=1920, input=86, output=180, reasoning=120}",
                "openai-stream        | {cache_read=1920, input=86, output=180, reasoning=120}",
                "azure                | {cache_read=1920, input=86, output=180, reasoning=120}",
                // 2,401 of the prompt are 21, 500 read and 1,880 written; the reasoning is LiteLLM's guess
                "anthropic            | {cache_read=500, cache_write_1h=400, cache_write_5m=1480, input=21, output=393, web_search_call=2}",
                "anthropic_messages   | {cache_read=500, cache_write_1h=400, cache_write_5m=1480, input=21, output=393, web_search_call=2}",
                // the prompt has 100 tokens of tools in it, and pictures have the price of text
                "gemini               | {cache_read=3000, input=620, output=20, reasoning=42}",
                "bedrock              | {cache_read=2074, cache_write_5m=297, input=3, output=61}",
                "embedding            | {input=4}",
                "image-tokens         | {input=10, input_image=40, output_image=4160}",
                "image-count          | {image=1}",
                "transcription        | {audio_second=42}",
                "transcription-tokens | {input=0, input_audio=14, output=45}",
                "responses            | {cache_read=5, input=40, output=311, reasoning=1408, web_search_call=1}",
                "rerank               | {search_unit=1}",
                "cache-hit            | {cache_read=1920, input=86, output=180, reasoning=120}",
            })
    void whatLitellmReallyPostsIsReadAsTheVendorsOwnBodyIs(String call, String expected) {
        Reading reading = LitellmLogs.read(LitellmLogs.named(call).toString());

        assertThat(reading.quality()).as(reading.remark()).isEqualTo(Quality.COMPLETE);
        assertThat(quantities(reading)).hasToString(expected);
    }

    @Test
    void whatItCostByLitellmIsKeptBesideTheCounts() {
        Reading reading = LitellmLogs.read(LitellmLogs.named("anthropic").toString());

        assertThat(reading.vendorCost()).hasToString("0.034058000000000005");
        assertThat(reading.region()).isEqualTo("us");
        assertThat(reading.serviceTier()).isNull();
    }

    /** As {@code turn_off_message_logging} leaves it: a chat keeps its response's usage, all others their text alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "embedding            | {input=4}",
                "image-tokens         | {input=10, input_image=40, output_image=4160}",
                "image-count          | {image=1}",
                "transcription        | {audio_second=42}",
                "transcription-tokens | {input=0, input_audio=14, output=45}",
            })
    void countsAreReadWhereTheAnswerIsWithheld(String call, String expected) {
        ObjectNode log = (ObjectNode) LitellmLogs.named(call);
        log.putObject("response").put("text", "redacted-by-litellm");
        Reading reading = LitellmLogs.read(log.toString());

        assertThat(reading.quality()).as(reading.remark()).isEqualTo(Quality.COMPLETE);
        assertThat(quantities(reading)).hasToString(expected);
    }

    @Test
    void aFailedCallHasNoUsage() {
        Reading reading = LitellmLogs.read(LitellmLogs.named("failure").toString());

        assertThat(reading.quality()).isEqualTo(Quality.MISSING);
    }

    @Test
    void zerosAloneAreNoUsage() {
        Reading reading = LitellmLogs.read(
                """
                {"id":"c","call_type":"acompletion","custom_llm_provider":"openai","model":"m","prompt_tokens":0,"completion_tokens":0,
                 "total_tokens":0,"response":{"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}}""");

        assertThat(reading.quality()).isEqualTo(Quality.MISSING);
    }

    @Test
    void withoutAUsageObjectTheResponsesAndThenTheLogsOwnCountsAreRead() {
        String head = "{\"id\":\"c\",\"call_type\":\"completion\",\"custom_llm_provider\":\"openai\",\"model\":\"m\",";
        String counts = "\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10";

        assertRead(head + counts + ",\"response\":\"redacted-by-litellm\"}", Map.of("input", "7", "output", "3"));
        assertRead(
                head + counts + ",\"response\":{\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4}}}}",
                Map.of("input", "5", "cache_read", "4", "output", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // older versions: written beside the prompt, and in the total
                "bedrock   | 2077 | 61  | 2435 | 2074 | 297 | SETTLED      | 3",
                // all of the cache beside the prompt, and in the total
                "bedrock   | 3    | 61  | 2435 | 2074 | 297 | SETTLED      | 3",
                // beside the prompt and in no total: it can't be in the prompt
                "anthropic | 21   | 393 | 414  | 500  | 0   | SETTLED      | 21",
                "anthropic | 2401 | 393 | 2794 | 500  | 1880| SETTLED      | 21",
                "anthropic | 2401 | 393 | 2795 | 500  | 1880| INCONSISTENT | ",
                "anthropic | -1   | 393 | 392  | 0    | 0   | INCONSISTENT | ",
            })
    void theTotalTellsWhatTheCachesCountsAreIn(
            String provider,
            int prompt,
            int completion,
            int total,
            int read,
            int written,
            Quality quality,
            String input) {
        Reading reading = LitellmLogs.read(log(
                provider,
                "\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,\"cache_read_input_tokens\":%d,\"cache_creation_input_tokens\":%d"
                        .formatted(prompt, completion, total, read, written)));

        assertThat(reading.quality()).as(reading.remark()).isEqualTo(quality);
        assertThat(quantities(reading).get("input")).isEqualTo(input);
    }

    @Test
    void aVendorsOwnWordsAreReadByTheVendorsRules() {
        assertRead(
                log("anthropic", "\"input_tokens\":21,\"output_tokens\":3,\"cache_read_input_tokens\":500"),
                Map.of("input", "21", "output", "3", "cache_read", "500"));
        assertRead(
                log(
                        "openai",
                        "\"input_tokens\":21,\"output_tokens\":3,\"input_tokens_details\":{\"cached_tokens\":20}"),
                Map.of("input", "1", "output", "3", "cache_read", "20"));
        assertRead(
                log(
                        "perplexity",
                        "\"prompt_tokens\":33,\"completion_tokens\":5,\"citation_tokens\":20,\"num_search_queries\":2"),
                Map.of("input", "33", "output", "5", "citation", "20", "search_query", "2"));
    }

    @Test
    void cachedTokensUnderAnthropicsNamesAloneAreFoundForOthersToo() {
        assertRead(
                log(
                        "openai",
                        "\"prompt_tokens\":100,\"completion_tokens\":1,\"cache_read_input_tokens\":30,\"cache_creation_input_tokens\":20"),
                Map.of("input", "50", "cache_read", "30", "cache_write", "20", "output", "1"));
    }

    @Test
    void openRouterSpeaksOpenAisDialectForClaudeToo() {
        assertRead(
                log(
                                "openrouter",
                                "\"prompt_tokens\":100,\"completion_tokens\":9,\"total_tokens\":109,\"prompt_tokens_details\":"
                                        + "{\"cached_tokens\":30,\"cache_write_tokens\":20},"
                                        + "\"completion_tokens_details\":{\"reasoning_tokens\":4}")
                        .replace("\"model\":\"m\"", "\"model\":\"anthropic/claude-sonnet-4.5\""),
                Map.of("input", "50", "cache_read", "30", "cache_write", "20", "output", "5", "reasoning", "4"));
    }

    @Test
    void searchesOfGoogleAreBilledAsGoogleDoes() {
        String usage =
                "\"prompt_tokens\":9,\"completion_tokens\":1,\"prompt_tokens_details\":{\"web_search_requests\":3}";
        assertRead(log("vertex_ai", usage), Map.of("input", "9", "output", "1", "grounding_request", "1"));
        assertRead(
                log("gemini", usage).replace("\"model\":\"m\"", "\"model\":\"gemini-3-pro\""),
                Map.of("input", "9", "output", "1", "grounding_query", "3"));
    }

    @Test
    void neitherPromptsNorAnswersAreKept() {
        for (var log : LitellmLogs.array()) {
            String kept = LitellmLogs.kept(log.toString()).toString();
            assertThat(kept).doesNotContain("secret");
        }
        assertThat(LitellmLogs.body()).contains("secret prompt", "secret answer");
    }

    private static String log(String provider, String usage) {
        return "{\"id\":\"c\",\"call_type\":\"acompletion\",\"custom_llm_provider\":\"" + provider
                + "\",\"model\":\"m\",\"metadata\":{\"usage_object\":{" + usage + "}}}";
    }

    private static void assertRead(String log, Map<String, String> expected) {
        Reading reading = LitellmLogs.read(log);
        assertThat(reading.quality()).as(reading.remark()).isEqualTo(Quality.COMPLETE);
        assertThat(quantities(reading)).isEqualTo(new TreeMap<>(expected));
    }
}
