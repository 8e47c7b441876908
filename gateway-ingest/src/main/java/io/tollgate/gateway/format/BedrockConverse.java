package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Bedrock's Converse; of its stream the event {@code metadata} is what counts. {@code inputTokens} has neither what was
 * read from the cache nor what was written to it. The body names no model: that is the one asked for.
 */
record BedrockConverse(String name, boolean isStream) implements UsageFormat {
    private static final Shape METADATA = Shape.of("usage", "serviceTier", "performanceConfig");
    private static final Shape SHAPE = METADATA.with("metadata", METADATA);

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode last = null;
        for (JsonNode chunk : chunks) {
            JsonNode metadata = Counts.at(chunk, "metadata");
            JsonNode found = metadata.isObject() ? metadata : chunk;
            last = Counts.at(found, "usage").isObject() ? found : last;
        }
        JsonNode usage = Counts.at(last, "usage");
        if (!Counts.has(usage, "inputTokens") && !Counts.has(usage, "outputTokens")) {
            return tally.missing("no usage has inputTokens or outputTokens");
        }
        count(usage, tally);
        return tally.serviceTier(Counts.text(last, "serviceTier", "type"))
                .speed("optimized".equals(Counts.text(last, "performanceConfig", "latency")) ? "optimized" : null)
                .reading();
    }

    private static void count(JsonNode usage, Tally tally) {
        Decimal input = tally.countOrZero(usage, "inputTokens");
        Decimal output = tally.countOrZero(usage, "outputTokens");
        Decimal read = twin(usage, "cacheReadInputToken", tally);
        Decimal written = twin(usage, "cacheWriteInputToken", tally);
        tally.add("input", input).add("output", output).addIfAny("cache_read", read);
        Decimal kept = written(usage, written, tally);
        Decimal total = tally.count(usage, "totalTokens");
        Decimal uncached = input.plus(output);
        Decimal counted = uncached.plus(read == null ? Decimal.ZERO : read).plus(kept);
        if (total != null && total.equals(uncached) && !total.equals(counted)) {
            tally.settled("totalTokens has no cached tokens: they count beside it, as documented");
        } else if (total != null && !total.equals(counted)) {
            tally.inconsistent("totalTokens is " + total + ", what it should be the sum of is " + counted);
        }
    }

    /** The same count under two names, {@code …Tokens} and {@code …TokenCount}. */
    private static @Nullable Decimal twin(JsonNode usage, String name, Tally tally) {
        Decimal count = tally.count(usage, name + "s");
        Decimal twin = tally.count(usage, name + "Count");
        if (count != null && twin != null && !count.equals(twin)) {
            tally.inconsistent(name + "s is " + count + " and " + name + "Count is " + twin);
        }
        return count == null ? twin : count;
    }

    /** Adds the cache writes by their lifetime; how many they are. */
    private static Decimal written(JsonNode usage, @Nullable Decimal written, Tally tally) {
        JsonNode details = Counts.at(usage, "cacheDetails");
        if (details.isEmpty()) {
            // Nova's: they have one lifetime, and so no details.
            tally.addIfAny("cache_write_5m", written);
            return written == null ? Decimal.ZERO : written;
        }
        Decimal fiveMinutes = Decimal.ZERO;
        Decimal oneHour = Decimal.ZERO;
        for (JsonNode detail : details) {
            Decimal tokens = tally.countOrZero(detail, "inputTokens");
            String ttl = Counts.text(detail, "ttl");
            if ("1h".equals(ttl)) {
                oneHour = oneHour.plus(tokens);
            } else if ("5m".equals(ttl)) {
                fiveMinutes = fiveMinutes.plus(tokens);
            } else {
                tally.settled("cache writes with a lifetime of " + ttl + " count at 5m, the default");
                fiveMinutes = fiveMinutes.plus(tokens);
            }
        }
        CacheWrites.add(tally, written, fiveMinutes, oneHour);
        return written == null ? fiveMinutes.plus(oneHour) : written;
    }

    @Override
    public String sample() {
        String body =
                """
                {"usage":{"inputTokens":3,"outputTokens":61,"totalTokens":2435,"cacheReadInputTokens":2074,
                  "cacheWriteInputTokens":297,"cacheDetails":[{"inputTokens":297,"ttl":"5m"}]},
                 "metrics":{"latencyMs":551},"serviceTier":{"type":"default"}}""";
        return isStream ? "[{\"messageStop\":{\"stopReason\":\"end_turn\"}},\n {\"metadata\":" + body + "}]" : body;
    }
}
