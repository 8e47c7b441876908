package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Cohere, whatever the endpoint: what is billed is {@code billed_units}, under {@code usage} (v2 chat) or {@code meta}.
 * {@code tokens}, which include Cohere's own template, and {@code cached_tokens} are for information.
 */
record Cohere(String name, boolean isStream, String sample) implements UsageFormat {
    private static final Shape UNITS = Shape.of("billed_units");
    private static final Shape BILLED = Shape.of().with("usage", UNITS).with("meta", UNITS);
    private static final Shape SHAPE = Shape.of("id", "generation_id")
            .with("usage", UNITS)
            .with("meta", UNITS)
            .with("delta", BILLED)
            .with("response", BILLED);

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode units = MissingNode.getInstance();
        for (JsonNode chunk : chunks) {
            String id = Counts.text(chunk, Counts.has(chunk, "id") ? "id" : "generation_id");
            if (id != null) {
                tally.requestId(id);
            }
            JsonNode found = units(chunk);
            units = found.isObject() ? found : units;
        }
        return read(units, tally);
    }

    /** A stream's are in the delta of its message-end, or in the response of v1's stream-end. */
    private static JsonNode units(JsonNode chunk) {
        JsonNode ended = Counts.at(chunk, Counts.has(chunk, "delta") ? "delta" : "response");
        JsonNode body = ended.isObject() ? ended : chunk;
        JsonNode usage = Counts.at(body, "usage", "billed_units");
        return usage.isObject() ? usage : Counts.at(body, "meta", "billed_units");
    }

    private static Reading read(JsonNode units, Tally tally) {
        Decimal input = tally.count(units, "input_tokens");
        Decimal output = tally.count(units, "output_tokens");
        Decimal searches = tally.count(units, "search_units");
        Decimal imageTokens = tally.count(units, "image_tokens");
        Decimal images = tally.count(units, "images");
        long stated = Stream.of(input, output, searches, imageTokens, images)
                .filter(Objects::nonNull)
                .count();
        if (stated == 0) {
            return tally.missing("there are no billed_units");
        }
        if (input != null) {
            tally.add("input", input);
        }
        if (output != null) {
            tally.add("output", output);
        }
        // Models that count an image's tokens bill those, older ones the image.
        boolean isByToken = imageTokens != null && !imageTokens.isZero();
        add("search_unit", searches, stated == 1, tally);
        add("input_image", imageTokens, stated == 1, tally);
        add("image_in", isByToken ? null : images, stated == 1, tally);
        return tally.reading();
    }

    /** A zero is kept where it is all that the body states. */
    private static void add(String dimension, @Nullable Decimal count, boolean isAlone, Tally tally) {
        if (isAlone && count != null) {
            tally.add(dimension, count);
        } else {
            tally.addIfAny(dimension, count);
        }
    }

    static List<UsageFormat> all() {
        return List.of(
                new Cohere(
                        "cohere.v1.chat",
                        false,
                        """
                        {"generation_id":"g1","text":"…","meta":{"api_version":{"version":"1"},
                          "billed_units":{"input_tokens":67,"output_tokens":31},
                          "tokens":{"input_tokens":133,"output_tokens":33}}}"""),
                new Cohere(
                        "cohere.v2.chat",
                        false,
                        """
                        {"id":"c1","usage":{"billed_units":{"input_tokens":51,"output_tokens":13},
                          "tokens":{"input_tokens":1533,"output_tokens":36},"cached_tokens":1440}}"""),
                new Cohere(
                        "cohere.v2.chat.stream",
                        true,
                        """
                        [{"type":"message-start","id":"c1"},
                         {"type":"message-end","delta":{"finish_reason":"COMPLETE",
                          "usage":{"billed_units":{"input_tokens":51,"output_tokens":13}}}}]"""),
                new Cohere(
                        "cohere.v2.embed",
                        false,
                        """
                        {"id":"e1","meta":{"api_version":{"version":"2"},
                          "billed_units":{"input_tokens":4,"image_tokens":258}}}"""),
                new Cohere(
                        "cohere.v2.rerank",
                        false,
                        """
                        {"id":"r1","results":[],"meta":{"billed_units":{"search_units":1}}}"""));
    }
}
