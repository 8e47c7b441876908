package io.tollgate.gateway.otlp;

import io.tollgate.gateway.format.BodyReader;
import io.tollgate.gateway.format.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the spans of OTLP's JSON: ids in hex, 64-bit integers as number or text, enums as numbers, members in any order. A
 * member that is not known here, or is no such thing as it should be, is stepped over, as the specification asks of the
 * former; a span that lacks something by that is judged as one that never had it.
 */
final class JsonSpans {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> KINDS = List.of("stringValue", "intValue", "doubleValue", "boolValue");
    private static final Shape VALUE = Shape.of(KINDS.toArray(String[]::new));
    private static final String ERROR = "2";

    private final JsonParser json;
    private final Leaves leaves;

    private JsonSpans(JsonParser json, Leaves leaves) {
        this.json = json;
        this.leaves = leaves;
    }

    /**
     * Reads the object that the parser stands at.
     *
     * @throws JacksonException if it is no JSON
     */
    static void read(JsonParser json, Leaves leaves) {
        new JsonSpans(json, leaves).request();
    }

    private void request() {
        members(name -> name.equals("resourceSpans") && each(this::resourceSpans));
    }

    private void resourceSpans() {
        ObjectNode resource = NODES.objectNode();
        members(name -> (name.equals("resource") && object(() -> resource(resource)))
                || (name.equals("scopeSpans") && each(() -> scopeSpans(new Origin(resource)))));
    }

    private void resource(ObjectNode resource) {
        members(name -> name.equals("attributes") && each(() -> attribute(resource)));
    }

    private void scopeSpans(Origin origin) {
        members(name -> (name.equals("scope") && object(() -> scope(origin)))
                || (name.equals("spans") && each(() -> leaves.add(span(origin)))));
    }

    private void scope(Origin origin) {
        members(name -> {
            String found = name.equals("name") ? json.getValueAsString() : null;
            if (found != null) {
                origin.scope(found);
            }
            return found != null;
        });
    }

    private Span span(Origin origin) {
        SpanDraft span = new SpanDraft();
        members(name -> {
            switch (name) {
                case "traceId" -> span.traceId = SpanIds.of(json.getValueAsString(), SpanIds.TRACE_BYTES);
                case "spanId" -> span.spanId = SpanIds.of(json.getValueAsString(), SpanIds.SPAN_BYTES);
                case "name" -> span.name = String.valueOf(json.getValueAsString());
                case "startTimeUnixNano" -> span.startNanos = nanos();
                case "endTimeUnixNano" -> span.endNanos = nanos();
                case "attributes" -> {
                    return each(() -> attribute(span.attributes));
                }
                case "status" -> {
                    return object(() -> status(span));
                }
                default -> {
                    return false;
                }
            }
            return json.currentToken().isScalarValue();
        });
        return span.of(origin);
    }

    private void status(SpanDraft span) {
        members(name -> {
            boolean isCode = name.equals("code") && json.currentToken().isScalarValue();
            span.failed = isCode ? ERROR.equals(json.getValueAsString()) : span.failed;
            return isCode;
        });
    }

    private long nanos() {
        String text = json.getValueAsString();
        try {
            return text == null ? 0 : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void attribute(ObjectNode attributes) {
        String[] key = {null};
        JsonNode[] early = {null};
        members(name -> {
            if (name.equals("key")) {
                key[0] = json.getValueAsString();
                return key[0] != null;
            }
            boolean isKept = name.equals("value") && (key[0] == null || SpanAttributes.isKept(key[0]));
            if (isKept) {
                early[0] = BodyReader.tree(json, VALUE);
            }
            return isKept;
        });
        JsonNode value = key[0] == null || early[0] == null ? null : scalar(early[0]);
        if (value != null && SpanAttributes.isKept(key[0])) {
            SpanAttributes.put(attributes, key[0], value);
        }
    }

    private static @Nullable JsonNode scalar(JsonNode value) {
        for (String kind : KINDS) {
            JsonNode found = value.path(kind);
            if (found.isValueNode() && !found.isNull()) {
                return kind.equals("intValue") && found.isString() ? number(found) : found;
            }
        }
        return null;
    }

    /** Of a text that is no number the text, which is no count either. */
    private static JsonNode number(JsonNode text) {
        try {
            return NODES.numberNode(Long.parseLong(text.stringValue()));
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** Takes a member whose value the parser stands at if it is one that is kept. */
    @FunctionalInterface
    private interface Member {
        boolean take(String name);
    }

    private void members(Member member) {
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (!member.take(name)) {
                json.skipChildren();
            }
        }
    }

    private boolean object(Runnable reader) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        reader.run();
        return true;
    }

    /** Each object of an array. */
    private boolean each(Runnable reader) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return false;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (!object(reader)) {
                json.skipChildren();
            }
        }
        return true;
    }
}
