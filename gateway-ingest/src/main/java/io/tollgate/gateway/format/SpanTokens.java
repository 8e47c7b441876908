package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A span's tokens as the conventions have them, whichever way its instrumentation counts.
 *
 * @param input with all that was read from a cache or written to it
 * @param total of input and output, and of reasoning where that is beside the output; null where it is not stated
 */
record SpanTokens(
        Decimal input, Decimal output, @Nullable Decimal total, Decimal read, Decimal written, Decimal reasoning) {
    /** Scopes whose input leaves out what was cached. */
    private static final Set<String> EXCLUSIVE = Set.of("@traceloop/instrumentation-anthropic");

    private static final String VERCEL_CACHED = "ai.usage.cachedInputTokens";
    private static final String VERCEL_SPLIT = "ai.usage.inputTokenDetails.cacheReadTokens";
    private static final Set<String> VERCEL_5_EXCLUSIVE = Set.of("anthropic", "bedrock");

    static SpanTokens of(
            JsonNode span,
            @Nullable Decimal input,
            @Nullable Decimal output,
            @Nullable Decimal total,
            Said said,
            Tally tally) {
        SpanTokens stated = new SpanTokens(
                input == null ? Decimal.ZERO : input,
                output == null ? Decimal.ZERO : output,
                total,
                SpanCount.CACHE_READ.orZero(span, tally),
                written(span, tally),
                SpanCount.REASONING.orZero(span, tally));
        return stated.isExclusive(span, said, tally) ? stated.withCached().withSum() : stated.withSum();
    }

    private static Decimal written(JsonNode span, Tally tally) {
        Decimal written = SpanCount.CACHE_WRITE.of(span, tally);
        return written != null
                ? written
                : SpanCount.CACHE_WRITE_5M.orZero(span, tally).plus(SpanCount.CACHE_WRITE_1H.orZero(span, tally));
    }

    /** Whether the input leaves out what was cached, against the conventions. */
    private boolean isExclusive(JsonNode span, Said said, Tally tally) {
        if (cached().isZero()) {
            return false;
        }
        if ((isTotal(sum().plus(cached())) && !isTotal(sum())) || cached().compareTo(input) > 0) {
            return true;
        }
        Decimal notCached = SpanCount.NOT_CACHED.of(span, tally);
        if (notCached != null) {
            return notCached.equals(input);
        }
        // Version 5 passed on what these vendors count; from 6 on it adds up, and says so by splitting the input.
        boolean isVercel5 = Counts.has(span, VERCEL_CACHED)
                && !Counts.has(span, VERCEL_SPLIT)
                && VERCEL_5_EXCLUSIVE.contains(said.provider());
        return isVercel5 || EXCLUSIVE.contains(String.valueOf(Counts.text(span, SpanUsage.SCOPE)));
    }

    private SpanTokens withCached() {
        // A total may leave out what the input leaves out.
        boolean leavesOut = !isTotal(sum().plus(cached())) && isTotal(sum());
        Decimal whole = total != null && leavesOut ? total.plus(cached()) : total;
        return new SpanTokens(input.plus(cached()), output, whole, read, written, reasoning);
    }

    /** More reasoning than output can't be in it: where no total says so, their sum does. */
    private SpanTokens withSum() {
        return total == null && reasoning.compareTo(output) > 0
                ? new SpanTokens(input, output, sum().plus(reasoning), read, written, reasoning)
                : this;
    }

    private Decimal cached() {
        return read.plus(written);
    }

    private Decimal sum() {
        return input.plus(output);
    }

    /** Whether the total is this, with reasoning in it or beside it. */
    private boolean isTotal(Decimal sum) {
        return total != null && (total.equals(sum) || total.equals(sum.plus(reasoning)));
    }
}
