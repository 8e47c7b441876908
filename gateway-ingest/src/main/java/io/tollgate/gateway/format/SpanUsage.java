package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The attributes of one OpenTelemetry span of one model call, as a flat object by their names. By the conventions the input
 * has all cached tokens in it and the output the reasoning; instrumentations that leave them out are told by their total,
 * by more cached tokens than input, or by their scope's name.
 */
public final class SpanUsage implements UsageFormat {
    public static final SpanUsage FORMAT = new SpanUsage();

    /** As OpenTelemetry names them where a span is written down flat. */
    public static final String SCOPE = "otel.scope.name";

    public static final String STATUS = "otel.status_code";
    public static final String FAILED = "ERROR";
    /** In the words of the conventions, whatever the instrumentation calls it. */
    public static final String OPERATION = "gen_ai.operation.name";
    /** The Vercel AI SDK's: a JSON text with the vendor's own usage in it. */
    public static final String METADATA = "ai.response.providerMetadata";

    /** Attributes that tell what was used. */
    public static final Set<String> ATTRIBUTES =
            Stream.concat(SpanCount.allNames(), SpanCost.NAMES.stream()).collect(Collectors.toUnmodifiableSet());

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Scopes whose input leaves out what was cached. */
    private static final Set<String> EXCLUSIVE = Set.of("@traceloop/instrumentation-anthropic");

    private static final String VERCEL_CACHED = "ai.usage.cachedInputTokens";
    private static final String VERCEL_SPLIT = "ai.usage.inputTokenDetails.cacheReadTokens";
    private static final Set<String> VERCEL_5_EXCLUSIVE = Set.of("anthropic", "bedrock");
    /** Whose cache writes have one price, however long they stay. */
    private static final Set<String> WITHOUT_LIFETIMES = Set.of("openai", "azure", "openrouter");
    /** Operations that put nothing out. */
    private static final Set<String> INPUT_ONLY = Set.of("embeddings", "rerank", "retrieval");

    private SpanUsage() {}

    @Override
    public String name() {
        return "otlp";
    }

    @Override
    public @Nullable String provider() {
        return null;
    }

    @Override
    public Shape shape() {
        return Shape.of(ATTRIBUTES.toArray(String[]::new))
                .with(SCOPE, Shape.ALL)
                .with(STATUS, Shape.ALL)
                .with(METADATA, Shape.ALL);
    }

    /** Whether the span counts anything at all. */
    public static boolean hasUsage(JsonNode span) {
        return SpanCount.INPUT.isIn(span) || SpanCount.OUTPUT.isIn(span) || Counts.has(span, METADATA);
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        JsonNode span = Last.of(chunks);
        Reading vendors = VendorMetadata.read(Counts.at(span, METADATA), said);
        if (vendors != null) {
            return vendors;
        }
        Tally tally = new Tally().vendorCost(SpanCost.of(span));
        if (FAILED.equals(Counts.text(span, STATUS))) {
            tally.partial("the call failed: what its span counts is the least that was used");
        }
        Decimal input = SpanCount.INPUT.of(span, tally);
        Decimal output = SpanCount.OUTPUT.of(span, tally);
        Decimal total = SpanCount.TOTAL.of(span, tally);
        boolean isInputOnly = INPUT_ONLY.contains(String.valueOf(Counts.text(span, OPERATION)));
        if (isInputOnly && output == null) {
            return inputOnly(input == null ? total : input, tally);
        }
        if (input == null && output == null) {
            return tally.missing("the span has no count of input or output");
        }
        if (input == null || output == null) {
            tally.partial("the span counts only " + (input == null ? "output" : "input"));
            total = null;
        }
        Counted counted = new Counted(
                input == null ? Decimal.ZERO : input,
                output == null ? Decimal.ZERO : output,
                total,
                SpanCount.CACHE_READ.orZero(span, tally),
                written(span, tally),
                SpanCount.REASONING.orZero(span, tally));
        return read(span, counted, said, tally);
    }

    private static Reading inputOnly(@Nullable Decimal input, Tally tally) {
        return input == null
                ? tally.missing("the span has no count of input")
                : tally.add("input", input).reading();
    }

    /** As the span states it; what includes what is yet to be told. */
    private record Counted(
            Decimal input, Decimal output, @Nullable Decimal total, Decimal read, Decimal written, Decimal reasoning) {
        Decimal cached() {
            return read.plus(written);
        }

        Decimal sum() {
            return input.plus(output);
        }

        /** Whether the total is this, with reasoning in it or beside it. */
        boolean isTotal(Decimal sum) {
            return total != null && (total.equals(sum) || total.equals(sum.plus(reasoning)));
        }
    }

    private static Reading read(JsonNode span, Counted counted, Said said, Tally tally) {
        boolean isExclusive = isExclusive(span, counted, said, tally);
        Decimal input = isExclusive ? counted.input().plus(counted.cached()) : counted.input();
        Decimal total = counted.total();
        boolean isWhole = counted.isTotal(counted.sum().plus(counted.cached()));
        if (total != null && isExclusive && !isWhole && counted.isTotal(counted.sum())) {
            // It leaves out what the input leaves out.
            total = total.plus(counted.cached());
        } else if (total == null && counted.reasoning().compareTo(counted.output()) > 0) {
            // More reasoning than output can't be in it; the sum says that it is beside.
            total = input.plus(counted.output()).plus(counted.reasoning());
        }
        // The writes are taken out here, as they are told apart by their lifetimes; the rest is as in OpenAI's bodies.
        Decimal written = counted.written();
        addWritten(span, written, said, tally);
        ObjectNode usage = NODES.objectNode();
        usage.set("prompt_tokens", number(minus(input, written)));
        usage.set("completion_tokens", number(counted.output()));
        usage.set("total_tokens", total == null ? NODES.nullNode() : number(minus(total, written)));
        usage.set("cost", number(SpanCost.of(span)));
        usage.putObject("prompt_tokens_details")
                .set("cached_tokens", number(counted.read()))
                .set("audio_tokens", number(SpanCount.INPUT_AUDIO.orZero(span, tally)));
        usage.putObject("completion_tokens_details")
                .set("reasoning_tokens", number(counted.reasoning()))
                .set("audio_tokens", number(SpanCount.OUTPUT_AUDIO.orZero(span, tally)));
        return OpenAiTokens.CHAT.read(usage, said, tally);
    }

    /** Whether the input leaves out what was cached, against the conventions. */
    private static boolean isExclusive(JsonNode span, Counted counted, Said said, Tally tally) {
        Decimal cached = counted.cached();
        if (cached.isZero()) {
            return false;
        }
        boolean isSum = counted.isTotal(counted.sum());
        boolean isSumWithCached = counted.isTotal(counted.sum().plus(cached));
        if ((isSumWithCached && !isSum) || cached.compareTo(counted.input()) > 0) {
            return true;
        }
        Decimal notCached = SpanCount.NOT_CACHED.of(span, tally);
        if (notCached != null) {
            return notCached.equals(counted.input());
        }
        String scope = String.valueOf(Counts.text(span, SCOPE));
        // Version 5 passed on what these vendors count; from 6 on it adds up, and says so by splitting the input.
        boolean isVercel5 = Counts.has(span, VERCEL_CACHED)
                && !Counts.has(span, VERCEL_SPLIT)
                && VERCEL_5_EXCLUSIVE.contains(said.provider());
        return EXCLUSIVE.contains(scope) || isVercel5;
    }

    private static Decimal written(JsonNode span, Tally tally) {
        Decimal written = SpanCount.CACHE_WRITE.of(span, tally);
        return written != null
                ? written
                : SpanCount.CACHE_WRITE_5M.orZero(span, tally).plus(SpanCount.CACHE_WRITE_1H.orZero(span, tally));
    }

    private static void addWritten(JsonNode span, Decimal written, Said said, Tally tally) {
        Decimal fiveMinutes = SpanCount.CACHE_WRITE_5M.orZero(span, tally);
        Decimal oneHour = SpanCount.CACHE_WRITE_1H.orZero(span, tally);
        if (!fiveMinutes.plus(oneHour).isZero()) {
            CacheWrites.add(tally, written, fiveMinutes, oneHour);
        } else if (WITHOUT_LIFETIMES.contains(said.provider())) {
            tally.addIfAny("cache_write", written);
        } else if (!written.isZero()) {
            tally.settled(
                    "ttl unknown: nothing tells how long the " + written + " cache writes stay, they count at 5m");
            CacheWrites.add(tally, written);
        }
    }

    private static Decimal minus(Decimal from, Decimal what) {
        return from.plus(what.negated());
    }

    private static JsonNode number(@Nullable Decimal count) {
        return count == null ? NODES.nullNode() : NODES.stringNode(count.toString());
    }

    /** The counts and whose they are: no names of models and users, which the usage has, and no texts. */
    @Override
    public JsonNode usagePart(JsonNode span) {
        ObjectNode part = NODES.objectNode();
        span.properties().forEach(attribute -> {
            String name = attribute.getKey();
            if (ATTRIBUTES.contains(name) || name.equals(SCOPE) || name.equals(OPERATION)) {
                part.set(name, attribute.getValue());
            }
        });
        if (Counts.has(span, METADATA)) {
            part.set(METADATA, VendorMetadata.usagePart(span.get(METADATA)));
        }
        return part;
    }

    @Override
    public String sample() {
        return """
                {"otel.scope.name":"@opentelemetry/instrumentation-openai","gen_ai.operation.name":"chat",
                 "gen_ai.usage.input_tokens":2006,"gen_ai.usage.output_tokens":300}""";
    }
}
