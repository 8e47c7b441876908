package io.tollgate.gateway.otlp;

import static io.opentelemetry.proto.trace.v1.Span.ATTRIBUTES_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.END_TIME_UNIX_NANO_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.NAME_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.SPAN_ID_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.START_TIME_UNIX_NANO_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.STATUS_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.TRACE_ID_FIELD_NUMBER;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the spans of an {@code ExportTraceServiceRequest} straight from its bytes. The generated classes would build all of
 * it first: prompts as texts, and from four megabytes of empty spans a few hundred.
 */
final class ProtobufSpans {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final int RESOURCE_SPANS = delimited(ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER);
    private static final int RESOURCE = delimited(ResourceSpans.RESOURCE_FIELD_NUMBER);
    private static final int SCOPE_SPANS = delimited(ResourceSpans.SCOPE_SPANS_FIELD_NUMBER);
    private static final int RESOURCE_ATTRIBUTES = delimited(Resource.ATTRIBUTES_FIELD_NUMBER);
    private static final int SCOPE = delimited(ScopeSpans.SCOPE_FIELD_NUMBER);
    private static final int SPANS = delimited(ScopeSpans.SPANS_FIELD_NUMBER);
    private static final int SCOPE_NAME = delimited(InstrumentationScope.NAME_FIELD_NUMBER);
    private static final int TRACE_ID = delimited(TRACE_ID_FIELD_NUMBER);
    private static final int SPAN_ID = delimited(SPAN_ID_FIELD_NUMBER);
    private static final int NAME = delimited(NAME_FIELD_NUMBER);
    private static final int START = tag(START_TIME_UNIX_NANO_FIELD_NUMBER, WireFormat.WIRETYPE_FIXED64);
    private static final int END = tag(END_TIME_UNIX_NANO_FIELD_NUMBER, WireFormat.WIRETYPE_FIXED64);
    private static final int ATTRIBUTES = delimited(ATTRIBUTES_FIELD_NUMBER);
    private static final int STATUS = delimited(STATUS_FIELD_NUMBER);
    private static final int KEY = delimited(KeyValue.KEY_FIELD_NUMBER);
    private static final int VALUE = delimited(KeyValue.VALUE_FIELD_NUMBER);
    private static final int TEXT = delimited(AnyValue.STRING_VALUE_FIELD_NUMBER);
    private static final int FLAG = tag(AnyValue.BOOL_VALUE_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
    private static final int WHOLE = tag(AnyValue.INT_VALUE_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
    private static final int FLOATING = tag(AnyValue.DOUBLE_VALUE_FIELD_NUMBER, WireFormat.WIRETYPE_FIXED64);
    private static final int STATUS_CODE = tag(Status.CODE_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);

    private final CodedInputStream in;
    private final Leaves leaves;

    private ProtobufSpans(CodedInputStream in, Leaves leaves) {
        this.in = in;
        this.leaves = leaves;
    }

    /** @throws IOException if the bytes are no such message */
    static void read(byte[] body, int length, Leaves leaves) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(body, 0, length);
        ProtobufSpans spans = new ProtobufSpans(in, leaves);
        spans.fields(tag -> tag == RESOURCE_SPANS && spans.message(spans::resourceSpans));
    }

    private void resourceSpans() throws IOException {
        ObjectNode resource = NODES.objectNode();
        fields(tag ->
                (tag == RESOURCE && message(() -> fields(inner -> inner == RESOURCE_ATTRIBUTES && attribute(resource))))
                        || (tag == SCOPE_SPANS && message(() -> scopeSpans(new Origin(resource)))));
    }

    private void scopeSpans(Origin origin) throws IOException {
        fields(tag -> (tag == SCOPE && message(() -> scope(origin)))
                || (tag == SPANS && message(() -> leaves.add(span(origin)))));
    }

    private void scope(Origin origin) throws IOException {
        fields(tag -> {
            if (tag == SCOPE_NAME) {
                origin.scope(in.readString());
            }
            return tag == SCOPE_NAME;
        });
    }

    private Span span(Origin origin) throws IOException {
        SpanDraft span = new SpanDraft();
        fields(tag -> {
            if (tag == TRACE_ID) {
                span.traceId = SpanIds.of(in.readByteArray(), SpanIds.TRACE_BYTES);
            } else if (tag == SPAN_ID) {
                span.spanId = SpanIds.of(in.readByteArray(), SpanIds.SPAN_BYTES);
            } else if (tag == NAME) {
                span.name = in.readString();
            } else if (tag == START) {
                span.startNanos = in.readFixed64();
            } else if (tag == END) {
                span.endNanos = in.readFixed64();
            } else if (tag == ATTRIBUTES) {
                return attribute(span.attributes);
            } else if (tag == STATUS) {
                return message(() -> status(span));
            } else {
                return false;
            }
            return true;
        });
        return span.of(origin);
    }

    private void status(SpanDraft span) throws IOException {
        fields(tag -> {
            if (tag == STATUS_CODE) {
                span.failed = in.readEnum() == Status.StatusCode.STATUS_CODE_ERROR_VALUE;
            }
            return tag == STATUS_CODE;
        });
    }

    private boolean attribute(ObjectNode attributes) throws IOException {
        String[] key = {null};
        byte[][] early = {null};
        return message(() -> {
            fields(tag -> {
                if (tag == KEY) {
                    key[0] = in.readString();
                } else if (tag == VALUE && key[0] == null) {
                    early[0] = in.readByteArray();
                } else if (tag == VALUE && SpanAttributes.isKept(key[0])) {
                    message(() -> put(attributes, key[0], value()));
                } else {
                    return false;
                }
                return true;
            });
            // Fields may come in any order, though no encoder is known that sends the value first.
            if (key[0] != null && early[0] != null && SpanAttributes.isKept(key[0])) {
                CodedInputStream again = CodedInputStream.newInstance(early[0]);
                put(attributes, key[0], new ProtobufSpans(again, leaves).value());
            }
        });
    }

    private static void put(ObjectNode attributes, String key, @Nullable JsonNode value) {
        if (value != null) {
            SpanAttributes.put(attributes, key, value);
        }
    }

    /** Null for arrays, maps and bytes, which nothing that is kept has. */
    private @Nullable JsonNode value() throws IOException {
        JsonNode[] value = {null};
        fields(tag -> {
            if (tag == TEXT) {
                value[0] = NODES.stringNode(in.readString());
            } else if (tag == WHOLE) {
                value[0] = NODES.numberNode(in.readInt64());
            } else if (tag == FLOATING) {
                value[0] = number(in.readDouble());
            } else if (tag == FLAG) {
                value[0] = NODES.booleanNode(in.readBool());
            } else {
                return false;
            }
            return true;
        });
        return value[0];
    }

    /** By the shortest text that reads as this number, as the sender will have had it; of no number its name. */
    private static JsonNode number(double value) {
        if (!Double.isFinite(value)) {
            return NODES.stringNode(Double.toString(value));
        }
        BigDecimal shortest = BigDecimal.valueOf(value).stripTrailingZeros();
        return NODES.numberNode(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
    }

    /** Takes a field's value if it is one that is kept. */
    @FunctionalInterface
    private interface Field {
        boolean take(int tag) throws IOException;
    }

    @FunctionalInterface
    private interface Message {
        void read() throws IOException;
    }

    /** The fields up to the end of the message. */
    private void fields(Field field) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!field.take(tag) && !in.skipField(tag)) {
                // The end of a group that did not begin.
                in.checkLastTagWas(0);
            }
        }
    }

    private boolean message(Message message) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        message.read();
        in.checkLastTagWas(0);
        in.popLimit(outer);
        return true;
    }

    private static int delimited(int field) {
        return tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    private static int tag(int field, int wireType) {
        return (field << 3) | wireType;
    }
}
