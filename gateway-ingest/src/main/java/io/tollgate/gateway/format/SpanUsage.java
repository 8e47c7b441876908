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
        return read(span, SpanTokens.of(span, input, output, total, said, tally), said, tally);
    }

    private static Reading inputOnly(@Nullable Decimal input, Tally tally) {
        return input == null
                ? tally.missing("the span has no count of input")
                : tally.add("input", input).reading();
    }

    /** Once it is as the conventions have it, a span is read as OpenAI's bodies are, but for what was written to a cache. */
    private static Reading read(JsonNode span, SpanTokens tokens, Said said, Tally tally) {
        Decimal written = tokens.written();
        Decimal total = tokens.total();
        addWritten(span, written, said, tally);
        ObjectNode usage = NODES.objectNode();
        usage.set("prompt_tokens", number(tokens.input().plus(written.negated())));
        usage.set("completion_tokens", number(tokens.output()));
        usage.set("total_tokens", number(total == null ? null : total.plus(written.negated())));
        usage.set("cost", number(SpanCost.of(span)));
        usage.putObject("prompt_tokens_details")
                .set("cached_tokens", number(tokens.read()))
                .set("audio_tokens", number(SpanCount.INPUT_AUDIO.orZero(span, tally)));
        usage.putObject("completion_tokens_details")
                .set("reasoning_tokens", number(tokens.reasoning()))
                .set("audio_tokens", number(SpanCount.OUTPUT_AUDIO.orZero(span, tally)));
        return OpenAiTokens.CHAT.read(usage, said, tally);
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
