package io.tollgate.gateway.otlp;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A span while it is read, its fields in whichever order they come. */
final class SpanDraft {
    final ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    String name = "";
    String traceId = "";
    String spanId = "";
    long startNanos;
    long endNanos;
    boolean failed;

    Span of(Origin origin) {
        return new Span(origin, name, traceId, spanId, startNanos, endNanos, failed, attributes);
    }
}
