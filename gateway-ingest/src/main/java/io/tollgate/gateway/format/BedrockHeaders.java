package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The headers of a Bedrock InvokeModel answer, for models whose body has no counts: {@code {"headers":{…}}} with names in
 * any case and values as strings or lists of them. The input count has no cached tokens.
 */
final class BedrockHeaders implements UsageFormat {
    private static final Shape SHAPE = Shape.of("headers");
    private static final String PREFIX = "x-amzn-bedrock-";

    @Override
    public String name() {
        return "bedrock.invoke.headers";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    /** Without the headers that are none of our business. */
    @Override
    public JsonNode usagePart(JsonNode chunk) {
        ObjectNode counts = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> header :
                byLowerCase(Counts.at(chunk, "headers")).properties()) {
            if (header.getKey().startsWith(PREFIX)) {
                counts.set(header.getKey(), header.getValue());
            }
        }
        return JsonNodeFactory.instance.objectNode().set("headers", counts);
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode headers = byLowerCase(Counts.at(chunks.isEmpty() ? null : chunks.get(chunks.size() - 1), "headers"));
        tally.requestId(Counts.text(headers, "x-amzn-requestid"))
                .serviceTier(Counts.text(headers, PREFIX + "service-tier"));
        Decimal input = tally.count(headers, PREFIX + "input-token-count");
        Decimal output = tally.count(headers, PREFIX + "output-token-count");
        if (input == null && output == null) {
            return tally.missing("there is no header " + PREFIX + "input-token-count");
        }
        tally.add("input", input == null ? Decimal.ZERO : input)
                .addIfAny("cache_read", tally.count(headers, PREFIX + "cache-read-input-token-count"));
        CacheWrites.add(tally, tally.count(headers, PREFIX + "cache-write-input-token-count"));
        return output == null ? tally.reading() : tally.add("output", output).reading();
    }

    private static JsonNode byLowerCase(JsonNode headers) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            JsonNode value = header.getValue();
            sorted.put(
                    header.getKey().toLowerCase(Locale.ROOT),
                    value.isArray() && !value.isEmpty() ? value.get(0) : value);
        }
        ObjectNode lower = JsonNodeFactory.instance.objectNode();
        lower.setAll(sorted);
        return lower;
    }

    @Override
    public String sample() {
        return """
                {"headers":{"x-amzn-bedrock-input-token-count":"120","x-amzn-bedrock-output-token-count":"30",
                  "x-amzn-bedrock-invocation-latency":"900"}}""";
    }
}
