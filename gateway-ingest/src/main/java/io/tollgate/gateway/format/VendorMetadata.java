package io.tollgate.gateway.format;

import io.tollgate.gateway.http.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The vendor's own usage within {@code ai.response.providerMetadata}, by the vendor: with the lifetimes of cache writes,
 * the tools and the tier that a span's attributes have no name for. It is read as the vendor's body is.
 */
public final class VendorMetadata {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> USAGES = List.of("usage", "usageMetadata");
    private static final Shape ANTHROPIC = Shape.of("usage");
    private static final Shape GOOGLE = Shape.of("usageMetadata").with("groundingMetadata", GeminiGrounding.SHAPE);
    private static final Map<String, Shape> SHAPES = Map.of("anthropic", ANTHROPIC, "google", GOOGLE, "vertex", GOOGLE);

    private VendorMetadata() {}

    /** What of the JSON text may be kept; null where that is nothing, or the text no JSON. */
    public static @Nullable ObjectNode kept(String text) {
        try (JsonParser json = Json.MAPPER.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            ObjectNode kept = NODES.objectNode();
            for (String vendor = json.nextName(); vendor != null; vendor = json.nextName()) {
                Shape shape = SHAPES.get(vendor);
                if (json.nextToken() == JsonToken.START_OBJECT && shape != null) {
                    JsonNode part = BodyReader.tree(json, shape);
                    if (USAGES.stream().anyMatch(usage -> Counts.has(part, usage))) {
                        kept.set(vendor, part);
                    }
                } else {
                    json.skipChildren();
                }
            }
            return kept.isEmpty() ? null : kept;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Without what was searched for, which are words of the prompt. */
    static JsonNode usagePart(JsonNode kept) {
        ObjectNode part = NODES.objectNode();
        for (Map.Entry<String, JsonNode> vendor : kept.properties()) {
            ObjectNode usage = NODES.objectNode();
            for (String member : USAGES) {
                if (Counts.has(vendor.getValue(), member)) {
                    usage.set(member, vendor.getValue().get(member));
                }
            }
            part.set(vendor.getKey(), usage);
        }
        return part;
    }

    /** Null where it holds no usage. */
    static @Nullable Reading read(JsonNode metadata, Said said) {
        JsonNode anthropic = Counts.at(metadata, "anthropic", "usage");
        if (anthropic.isObject()) {
            ObjectNode body = NODES.objectNode();
            // Its iterations on other models are told by this name.
            body.put("model", said.model());
            body.set("usage", anthropic);
            return used(new AnthropicMessages("anthropic.messages", false), body, said);
        }
        for (String vendor : List.of("google", "vertex")) {
            JsonNode google = Counts.at(metadata, vendor);
            if (Counts.has(google, "usageMetadata")) {
                ObjectNode body = NODES.objectNode();
                body.set("usageMetadata", google.get("usageMetadata"));
                body.set("candidates", NODES.arrayNode().add(google));
                return used(new GeminiContent("gemini.generateContent", false), body, said);
            }
        }
        return null;
    }

    private static @Nullable Reading used(UsageFormat format, JsonNode body, Said said) {
        Reading reading = format.read(List.of(body), said);
        return reading.quality() == Quality.MISSING ? null : reading;
    }
}
