package io.tollgate.gateway.format;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads of a JSON value what a format keeps; the rest is stepped over without being decoded. */
public final class BodyReader {
    /** Characters of a number; a longer one is kept as a text, which is no count. */
    private static final int MAX_NUMBER = 60;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private BodyReader() {}

    /**
     * The kept parts of the value whose first token is the parser's current one; the parser then stands at its last. An
     * array is many chunks, any other value is one. The parser must bound the depth.
     *
     * @throws JacksonException if the value is no JSON
     */
    public static List<JsonNode> read(JsonParser json, UsageFormat format) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return List.of(tree(json, format.shape()));
        }
        List<JsonNode> chunks = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            chunks.add(tree(json, format.shape()));
        }
        return chunks;
    }

    /** The kept part of one value; the parser stands as for all of a body. */
    public static JsonNode tree(JsonParser json, Shape shape) {
        if (shape == Shape.PRESENCE && json.currentToken() != JsonToken.VALUE_NULL) {
            json.skipChildren();
            return NODES.booleanNode(true);
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json, shape);
            case START_ARRAY -> array(json, shape);
            case VALUE_STRING -> NODES.stringNode(json.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    /** A member that is there twice counts as it came last. */
    private static ObjectNode object(JsonParser json, Shape shape) {
        ObjectNode object = NODES.objectNode();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            Shape inner = shape.within(name);
            json.nextToken();
            if (inner == null) {
                json.skipChildren();
            } else {
                object.set(name, tree(json, inner));
            }
        }
        return object;
    }

    /** An element of which nothing is kept still counts: images are billed by their number. */
    private static ArrayNode array(JsonParser json, Shape shape) {
        ArrayNode array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            boolean isWanted = shape == Shape.ALL || json.currentToken().isStructStart();
            array.add(isWanted ? tree(json, shape) : NODES.nullNode());
        }
        return array;
    }

    private static JsonNode number(JsonParser json) {
        if (json.getStringLength() > MAX_NUMBER) {
            return NODES.stringNode(json.getString());
        }
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return json.getStringLength() <= 18
                    ? NODES.numberNode(json.getLongValue())
                    : NODES.numberNode(json.getBigIntegerValue());
        }
        try {
            return NODES.numberNode(json.getDecimalValue());
        } catch (NumberFormatException e) {
            // An exponent that no decimal has.
            return NODES.stringNode(json.getString());
        }
    }
}
