package io.tollgate.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.decimal.Decimal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a span's counts include, and what they are in dimensions. */
class SpanUsageTest {
    private static final String USAGE = "gen_ai.usage.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The conventions: cached and reasoning tokens are inside.
                "openai    | x | in=100 read=80 out=50 why=20            | COMPLETE     | cache_read=80, input=20, output=30, reasoning=20",
                "openai    | x | in=100 read=80 out=50 total=150         | COMPLETE     | cache_read=80, input=20, output=50",
                "openai    | x | in=100 write=80 out=50                  | COMPLETE     | cache_write=80, input=20, output=50",
                "anthropic | x | in=100 write=80 out=50                  | SETTLED      | cache_write_5m=80, input=20, output=50",
                "anthropic | x | in=100 write=80 5m=50 1h=30 out=50      | COMPLETE     | cache_write_1h=30, cache_write_5m=50, input=20, output=50",
                "anthropic | x | in=100 write=80 5m=50 out=50            | SETTLED      | cache_write_5m=80, input=20, output=50",
                "anthropic | x | in=100 write=80 5m=50 1h=40 out=50      | INCONSISTENT | ''",
                // More cached than input, or a total that has both: the input leaves them out.
                "anthropic | x | in=100 read=800 out=50                  | COMPLETE     | cache_read=800, input=100, output=50",
                "anthropic | x | in=100 read=80 out=50 total=230         | COMPLETE     | cache_read=80, input=100, output=50",
                "anthropic | x | in=100 read=800 out=50 total=150        | COMPLETE     | cache_read=800, input=100, output=50",
                "anthropic | x | in=100 read=800 out=50 total=950        | COMPLETE     | cache_read=800, input=100, output=50",
                "anthropic | x | in=100 read=800 out=50 total=151        | INCONSISTENT | ''",
                // Scopes that are known to leave them out, where the numbers leave it open.
                "anthropic | @traceloop/instrumentation-anthropic | in=100 read=80 out=50 total=150 | COMPLETE | cache_read=80, input=100, output=50",
                "anthropic | x | in=100 vercel5=80 out=50                | COMPLETE     | cache_read=80, input=100, output=50",
                "anthropic | x | in=100 vercel5=80 read=80 out=50 fresh=20 | COMPLETE     | cache_read=80, input=20, output=50",
                "openai    | x | in=100 vercel5=80 out=50                | COMPLETE     | cache_read=80, input=20, output=50",
                "mistral   | x | in=100 read=80 out=50 fresh=100         | COMPLETE     | cache_read=80, input=100, output=50",
                // Reasoning beside the output is told by the total.
                "xai       | x | in=100 out=50 why=20 total=170          | COMPLETE     | input=100, output=50, reasoning=20",
                "xai       | x | in=100 read=20 out=50 why=20 total=170  | COMPLETE     | cache_read=20, input=80, output=50, reasoning=20",
                "gemini    | x | in=100 out=50 total=170                 | COMPLETE     | input=100, output=50, reasoning=20",
                "openai    | x | in=100 out=50 total=170                 | INCONSISTENT | ''",
                "openai    | x | in=100 out=50 why=60                    | COMPLETE     | input=100, output=50, reasoning=60",
                "openai    | x | in=100 out=50 why=60 total=150          | INCONSISTENT | ''",
                "openai    | x | in=100 read=20 out=50 heard=30 said=10  | COMPLETE     | cache_read=20, input=50, input_audio=30, output=40, output_audio=10",
                // What is not there is not 0, a 0 is.
                "openai    | x | total=150                               | MISSING      | ''",
                "openai    | x | in=0 out=0                              | COMPLETE     | input=0, output=0",
                "openai    | x | in=100 total=150                        | PARTIAL      | input=100, output=0",
                "openai    | x | in=-1 out=5                             | INCONSISTENT | ''",
                "openai    | x | in=many out=5                           | INCONSISTENT | ''",
            })
    void countsComeOutDisjoint(String provider, String scope, String counts, Quality quality, String expected) {
        Reading reading = read(provider, span(scope, counts));

        assertThat(reading.quality()).as(String.valueOf(reading.remark())).isEqualTo(quality);
        assertThat(new TreeMap<>(reading.quantities())).hasToString("{" + expected + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "gen_ai.usage.prompt_tokens,gen_ai.usage.completion_tokens,gen_ai.usage.cache_read_input_tokens",
        "llm.token_count.prompt,llm.token_count.completion,llm.token_count.prompt_details.cache_read",
        "ai.usage.promptTokens,ai.usage.completionTokens,ai.usage.cachedInputTokens",
        "ai.usage.inputTokens,ai.usage.outputTokens,ai.usage.inputTokenDetails.cacheReadTokens",
        "llm.usage.prompt_tokens,llm.usage.completion_tokens,gen_ai.usage.details.cache_read_tokens",
        "gen_ai.usage.input_tokens,gen_ai.response.completion_tokens,gen_ai.usage.input_cached_tokens",
        "gen_ai.usage.input_tokens,gen_ai.usage.output_tokens,gen_ai.usage.cache_read_tokens",
        "gen_ai.usage.input_tokens,gen_ai.usage.output_tokens,gen_ai.usage.prompt_details.cache_read",
    })
    void everyDialectIsRead(String input, String output, String cacheRead) {
        ObjectNode span = JsonNodeFactory.instance.objectNode();
        span.put(input, 100).put(output, "50").put(cacheRead, 80);

        assertThat(new TreeMap<>(read("openai", span).quantities()))
                .hasToString("{cache_read=80, input=20, output=50}");
    }

    @Test
    void theFirstOfTwoNamesCountsUnlessItIsZero() {
        ObjectNode span = span("x", "in=100 out=50");
        span.put("llm.token_count.prompt", 90).put("llm.token_count.completion", 0);
        ObjectNode zero = span("x", "in=0 out=50");
        zero.put("gen_ai.usage.prompt_tokens", 90);

        assertThat(read("openai", span).quality()).isEqualTo(Quality.SETTLED);
        assertThat(new TreeMap<>(read("openai", span).quantities())).hasToString("{input=100, output=50}");
        assertThat(new TreeMap<>(read("openai", zero).quantities())).hasToString("{input=90, output=50}");
    }

    @ParameterizedTest
    @CsvSource({"embeddings,input=12", "rerank,input=12", "chat,"})
    void whatPutsNothingOutHasItsInputAlone(String operation, String expected) {
        ObjectNode span = span("x", "total=12");
        span.put(SpanUsage.OPERATION, operation);

        assertThat(read("openai", span).quantities()).hasToString("{" + (expected == null ? "" : expected) + "}");
    }

    @Test
    void aFailedCallsCountsAreTheLeastThatWasUsed() {
        ObjectNode span = span("x", "in=100 out=5");
        span.put(SpanUsage.STATUS, SpanUsage.FAILED);

        assertThat(read("openai", span).quality()).isEqualTo(Quality.PARTIAL);
        assertThat(read("openai", span).quantities()).hasSize(2);
    }

    @Test
    void aClaimedCostIsKeptExactly() {
        ObjectNode span = span("x", "in=100 out=50");
        span.set("llm.cost.prompt", JsonNodeFactory.instance.numberNode(new BigDecimal("0.1")));
        span.put("llm.cost.completion", "0.20000000000000004");

        assertThat(read("openai", span).vendorCost()).hasToString("0.30000000000000004");
        span.put("llm.cost.total", "7");
        assertThat(read("openai", span).vendorCost()).hasToString("7");
    }

    @Test
    void metadataThatHoldsNoUsageLeavesTheCountsOfTheSpan() {
        for (String text :
                List.of("", "7", "[]", "{\"anthropic\":7}", "{\"anthropic\":{\"usage\":{}}}", "{\"anthropic\"")) {
            ObjectNode span = span("x", "in=100 out=50");
            ObjectNode kept = VendorMetadata.kept(text);
            if (kept != null) {
                span.set(SpanUsage.METADATA, kept);
            }
            assertThat(new TreeMap<>(read("anthropic", span).quantities()))
                    .as(text)
                    .hasToString("{input=100, output=50}");
        }
    }

    /** Whatever a source includes, and whichever total it states, the same tokens come out, each of them once. */
    @Test
    void randomSpansOfEachConventionComeOutAsTheyWere() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("SpanUsageTest.randomSpans seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            long fresh = random.nextInt(1000) + 1L;
            long read = random.nextInt(3) == 0 ? 0 : random.nextInt(1000);
            long written = random.nextInt(3) == 0 ? 0 : random.nextInt(1000);
            long reasoning = random.nextInt(200);
            long text = random.nextInt(1000) + 1L;
            boolean isExclusive = random.nextBoolean();
            long input = isExclusive ? fresh : fresh + read + written;
            long output = text + reasoning;
            ObjectNode span = span(
                    isExclusive ? "@traceloop/instrumentation-anthropic" : "some.scope",
                    "in=" + input + " out=" + output + " read=" + read + " write=" + written + " why=" + reasoning);
            switch (random.nextInt(3)) {
                case 0 -> span.put(USAGE + "total_tokens", fresh + read + written + output);
                case 1 -> span.put(USAGE + "total_tokens", input + output);
                default -> span.put("other", true);
            }

            Reading reading = read("anthropic", span);

            Map<String, Decimal> expected = new TreeMap<>();
            expected.put("input", Decimal.of(fresh, 0));
            expected.put("output", Decimal.of(text, 0));
            putIfAny(expected, "cache_read", read);
            putIfAny(expected, "cache_write_5m", written);
            putIfAny(expected, "reasoning", reasoning);
            assertThat(new TreeMap<>(reading.quantities()))
                    .as("%s: %s", round, span)
                    .isEqualTo(expected);
        }
    }

    private static void putIfAny(Map<String, Decimal> expected, String dimension, long count) {
        if (count > 0) {
            expected.put(dimension, Decimal.of(count, 0));
        }
    }

    private static Reading read(String provider, ObjectNode span) {
        return SpanUsage.FORMAT.read(List.of(span), new Said(provider, "some-model"));
    }

    private static ObjectNode span(String scope, String counts) {
        ObjectNode span = JsonMapper.shared().createObjectNode();
        span.put(SpanUsage.SCOPE, scope);
        for (String count : counts.split(" ", -1)) {
            String value = count.substring(count.indexOf('=') + 1);
            String name =
                    switch (count.substring(0, count.indexOf('='))) {
                        case "in" -> USAGE + "input_tokens";
                        case "out" -> USAGE + "output_tokens";
                        case "total" -> USAGE + "total_tokens";
                        case "read" -> USAGE + "cache_read.input_tokens";
                        case "write" -> USAGE + "cache_creation.input_tokens";
                        case "5m" -> USAGE + "cache_creation.ephemeral_5m_input_tokens";
                        case "1h" -> USAGE + "cache_creation.ephemeral_1h_input_tokens";
                        case "why" -> USAGE + "reasoning.output_tokens";
                        case "heard" -> USAGE + "audio.input_tokens";
                        case "said" -> USAGE + "audio.output_tokens";
                        case "vercel5" -> "ai.usage.cachedInputTokens";
                        case "fresh" -> "ai.usage.inputTokenDetails.noCacheTokens";
                        default -> throw new IllegalArgumentException(count);
                    };
            span.put(name, value);
        }
        return span;
    }
}
