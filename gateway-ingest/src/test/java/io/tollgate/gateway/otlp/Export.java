package io.tollgate.gateway.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import io.tollgate.avro.Submission;
import io.tollgate.gateway.ingest.EventParser;
import io.tollgate.gateway.ingest.Sender;
import io.tollgate.gateway.ingest.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exports of spans as they come, and what becomes of them. */
final class Export {
    static final Sender SENDER = new Sender("acme", "key_1", null, Map.of(), true, false);
    /** Some minutes after the samples' spans. */
    static final long NOW_MICROS = 1_795_253_000_000_000L;

    private static final EventParser PARSER = new EventParser(1000, 64);

    private Export() {}

    static String sample(String name) {
        try (InputStream in = Export.class.getResourceAsStream("/otlp/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventParser.Parsed parse(Encoding encoding, byte[] body) {
        return parse(encoding, body, SENDER);
    }

    static EventParser.Parsed parse(Encoding encoding, byte[] body, Sender sender) {
        return form(encoding).parse(PARSER, body, body.length, sender, NOW_MICROS);
    }

    static TraceForm form(Encoding encoding) {
        return new TraceForm(encoding, false, new SpanMetrics(new SimpleMeterRegistry()));
    }

    static List<Verdict> verdicts(Encoding encoding, byte[] body) {
        EventParser.Parsed parsed = parse(encoding, body);
        assertThat(parsed).isInstanceOf(EventParser.Events.class);
        return ((EventParser.Events) parsed).verdicts();
    }

    /** What is stored of an export, in the order of its spans. */
    static List<Submission> submissions(Encoding encoding, byte[] body) {
        List<Submission> submissions = new ArrayList<>();
        for (Verdict verdict : verdicts(encoding, body)) {
            if (verdict instanceof Verdict.Accepted accepted) {
                submissions.add(accepted.submission());
            }
        }
        return submissions;
    }

    /** The same spans in the other encoding, by the generated classes. */
    static byte[] protobuf(String json) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (JsonNode resourceSpans : JsonMapper.shared().readTree(json).path("resourceSpans")) {
            ResourceSpans.Builder ofResource = request.addResourceSpansBuilder()
                    .setResource(Resource.newBuilder()
                            .addAllAttributes(
                                    attributes(resourceSpans.path("resource").path("attributes"))));
            for (JsonNode scopeSpans : resourceSpans.path("scopeSpans")) {
                ScopeSpans.Builder ofScope = ofResource
                        .addScopeSpansBuilder()
                        .setScope(InstrumentationScope.newBuilder()
                                .setName(scopeSpans.path("scope").path("name").asString()));
                for (JsonNode span : scopeSpans.path("spans")) {
                    ofScope.addSpansBuilder()
                            .setTraceId(bytes(span.path("traceId")))
                            .setSpanId(bytes(span.path("spanId")))
                            .setName(span.path("name").asString())
                            .setStartTimeUnixNano(Long.parseUnsignedLong(
                                    span.path("startTimeUnixNano").asString()))
                            .setEndTimeUnixNano(Long.parseUnsignedLong(
                                    span.path("endTimeUnixNano").asString()))
                            .addAllAttributes(attributes(span.path("attributes")))
                            .setStatus(Status.newBuilder()
                                    .setCodeValue(
                                            span.path("status").path("code").asInt()));
                }
            }
        }
        return request.build().toByteArray();
    }

    private static List<KeyValue> attributes(JsonNode attributes) {
        List<KeyValue> all = new ArrayList<>();
        for (JsonNode attribute : attributes) {
            all.add(KeyValue.newBuilder()
                    .setKey(attribute.path("key").asString())
                    .setValue(value(attribute.path("value")))
                    .build());
        }
        return all;
    }

    private static AnyValue value(JsonNode value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        if (value.has("stringValue")) {
            return any.setStringValue(value.path("stringValue").asString()).build();
        } else if (value.has("intValue")) {
            return any.setIntValue(Long.parseLong(value.path("intValue").asString()))
                    .build();
        } else if (value.has("doubleValue")) {
            return any.setDoubleValue(value.path("doubleValue").asDouble()).build();
        } else if (value.has("boolValue")) {
            return any.setBoolValue(value.path("boolValue").asBoolean()).build();
        }
        ArrayValue.Builder values = ArrayValue.newBuilder();
        value.path("arrayValue").path("values").forEach(one -> values.addValues(value(one)));
        return any.setArrayValue(values).build();
    }

    private static ByteString bytes(JsonNode hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex.asString()));
    }
}
