package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A count of a GenAI span, under every name that instrumentations give it: the one of OpenTelemetry's conventions first,
 * then their older names, Traceloop's, OpenInference's, the Vercel AI SDK's.
 */
record SpanCount(List<String> names) {
    static final SpanCount INPUT = of(
            "gen_ai.usage.input_tokens",
            "gen_ai.usage.prompt_tokens",
            "gen_ai.response.prompt_tokens",
            "llm.usage.prompt_tokens",
            "llm.token_count.prompt",
            "ai.usage.inputTokens",
            "ai.usage.promptTokens",
            "ai.usage.tokens");

    static final SpanCount OUTPUT = of(
            "gen_ai.usage.output_tokens",
            "gen_ai.usage.completion_tokens",
            "gen_ai.response.completion_tokens",
            "llm.usage.completion_tokens",
            "llm.token_count.completion",
            "ai.usage.outputTokens",
            "ai.usage.completionTokens");

    static final SpanCount TOTAL =
            of("gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total", "ai.usage.totalTokens");

    static final SpanCount CACHE_READ = of(
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_read_input_tokens",
            "gen_ai.usage.cache_read_tokens",
            "gen_ai.usage.details.cache_read_tokens",
            "gen_ai.usage.prompt_details.cache_read",
            "gen_ai.usage.input_cached_tokens",
            "gen_ai.usage.input_tokens.cached",
            "llm.token_count.prompt_details.cache_read",
            "ai.usage.inputTokenDetails.cacheReadTokens",
            "ai.usage.cachedInputTokens");

    static final SpanCount CACHE_WRITE = of(
            "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.cache_creation_input_tokens",
            "gen_ai.usage.cache_write.input_tokens",
            "gen_ai.usage.cache_write_tokens",
            "gen_ai.usage.details.cache_write_tokens",
            "gen_ai.usage.prompt_details.cache_write",
            "gen_ai.usage.input_tokens.cache_write",
            "llm.token_count.prompt_details.cache_write",
            "ai.usage.inputTokenDetails.cacheWriteTokens");

    /** In no convention yet, but where it is there it tells the price. */
    static final SpanCount CACHE_WRITE_5M = of("gen_ai.usage.cache_creation.ephemeral_5m_input_tokens");

    static final SpanCount CACHE_WRITE_1H = of("gen_ai.usage.cache_creation.ephemeral_1h_input_tokens");

    /** What is left of the input without its cached tokens: tells what the input includes. */
    static final SpanCount NOT_CACHED = of("ai.usage.inputTokenDetails.noCacheTokens");

    static final SpanCount REASONING = of(
            "gen_ai.usage.reasoning.output_tokens",
            "gen_ai.usage.reasoning_tokens",
            "gen_ai.usage.details.reasoning_tokens",
            "gen_ai.usage.output_tokens.reasoning",
            "llm.token_count.completion_details.reasoning",
            "ai.usage.outputTokenDetails.reasoningTokens",
            "ai.usage.reasoningTokens");

    static final SpanCount INPUT_AUDIO = of("gen_ai.usage.audio.input_tokens", "llm.token_count.prompt_details.audio");

    static final SpanCount OUTPUT_AUDIO =
            of("gen_ai.usage.audio.output_tokens", "llm.token_count.completion_details.audio");

    private static final List<SpanCount> ALL = List.of(
            INPUT,
            OUTPUT,
            TOTAL,
            CACHE_READ,
            CACHE_WRITE,
            CACHE_WRITE_5M,
            CACHE_WRITE_1H,
            NOT_CACHED,
            REASONING,
            INPUT_AUDIO,
            OUTPUT_AUDIO);

    private static SpanCount of(String... names) {
        return new SpanCount(List.of(names));
    }

    static Stream<String> allNames() {
        return ALL.stream().flatMap(count -> count.names.stream());
    }

    boolean isIn(JsonNode span) {
        return names.stream().anyMatch(name -> Counts.has(span, name));
    }

    /**
     * The count; null where no name is there. Of several names one that is 0 gives way, as some instrumentations state
     * what they don't know as 0; of two others the first counts, and it is flagged.
     */
    @Nullable
    Decimal of(JsonNode span, Tally tally) {
        Decimal found = null;
        for (String name : names) {
            Decimal count = tally.count(span, name);
            if (count == null) {
                continue;
            }
            if (found == null || found.isZero()) {
                found = count;
            } else if (!count.isZero() && !count.equals(found)) {
                tally.settled(name + " is " + count + ", another name of it says " + found);
            }
        }
        return found;
    }

    Decimal orZero(JsonNode span, Tally tally) {
        Decimal count = of(span, tally);
        return count == null ? Decimal.ZERO : count;
    }
}
