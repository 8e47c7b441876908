package io.tollgate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.CodedInputStream;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.tollgate.standalone.client.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Spans of real exporters, from the front door to the ledger. */
@ExtendWith(SharedStack.class)
class TracesIT {
    private static final String COMPANY = "spans";
    private static final String MINI = "gpt-4o-mini-2024-07-18";
    private static final String CLAUDE = "claude-sonnet-4-5-20250929";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final String ANTHROPIC_USAGE =
            """
            {"anthropic":{"usage":{"input_tokens":21,"output_tokens":393,"cache_creation_input_tokens":188086,
             "cache_creation":{"ephemeral_5m_input_tokens":456,"ephemeral_1h_input_tokens":187630}}}}""";

    private static Endpoints at;
    private static TollgateClient client;
    private static URI traces;
    private static String key;

    @BeforeAll
    static void prepare(TestStack stack) throws Exception {
        at = stack.endpoints();
        traces = at.gateway().resolve("/v1/traces");
        client = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
        client.putCompany(COMPANY);
        key = client.createKey(COMPANY, List.of("ingest"));
        client.postPrices(List.of(
                price("openai", MINI, "input", "0.00000015"),
                price("openai", MINI, "cache_read", "0.000000075"),
                price("openai", MINI, "output", "0.0000006"),
                price("openai", "text-embedding-3-small", "input", "0.00000002"),
                price("anthropic", CLAUDE, "input", "0.000003"),
                price("anthropic", CLAUDE, "cache_write_5m", "0.00000375"),
                price("anthropic", CLAUDE, "cache_write_1h", "0.000006"),
                price("anthropic", CLAUDE, "output", "0.000015")));
    }

    @Test
    void whatTheJavaSdkExportsIsInTheLedgerWithItsExactCost() throws Exception {
        List<String> ids = new ArrayList<>();
        List<String> inner = new ArrayList<>();
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(traces.toString())
                .addHeader("authorization", "Bearer " + key)
                .setCompression("gzip")
                .build();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "java-service")))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build()) {
            Tracer tracer = provider.get("opentelemetry.instrumentation.openai");
            Tracer vercel = provider.get("ai");
            Span agent = tracer.spanBuilder("invoke_agent helper")
                    .setAllAttributes(attributes(
                            "gen_ai.operation.name",
                            "invoke_agent",
                            "gen_ai.usage.input_tokens",
                            2006,
                            "gen_ai.usage.output_tokens",
                            300))
                    .startSpan();
            inner.add(id(agent));
            Attributes chat = attributes(
                    "gen_ai.operation.name",
                    "chat",
                    "gen_ai.provider.name",
                    "openai",
                    "gen_ai.request.model",
                    "gpt-4o-mini",
                    "gen_ai.response.model",
                    MINI);
            ids.add(call(
                    tracer,
                    agent,
                    chat,
                    attributes(
                            "gen_ai.usage.input_tokens",
                            2006,
                            "gen_ai.usage.cache_read.input_tokens",
                            1920,
                            "gen_ai.usage.output_tokens",
                            300,
                            "gen_ai.usage.reasoning.output_tokens",
                            64,
                            "gen_ai.input.messages",
                            "secret words")));
            agent.end();
            ids.add(call(tracer, null, chat, Attributes.empty()));
            Attributes claude = attributes(
                    "ai.operationId",
                    "ai.generateText.doGenerate",
                    "gen_ai.system",
                    "anthropic.messages",
                    "gen_ai.request.model",
                    "claude-sonnet-4-5",
                    "gen_ai.response.model",
                    CLAUDE,
                    "ai.usage.inputTokenDetails.cacheWriteTokens",
                    188_086,
                    "gen_ai.usage.input_tokens",
                    188_107,
                    "gen_ai.usage.output_tokens",
                    393);
            ids.add(call(vercel, null, claude, attributes("ai.response.providerMetadata", ANTHROPIC_USAGE)));
            ids.add(call(vercel, null, claude, Attributes.empty()));
            Span refused = tracer.spanBuilder("chat gpt-4o-mini")
                    .setAllAttributes(attributes(
                            "gen_ai.operation.name",
                            "chat",
                            "gen_ai.provider.name",
                            "openai",
                            "gen_ai.request.model",
                            "gpt-4o-mini",
                            "error.type",
                            "429"))
                    .startSpan();
            refused.setStatus(StatusCode.ERROR);
            refused.end();
            ids.add(id(refused));
            assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }

        // 86 × 0.15 + 1920 × 0.075 + 300 × 0.6, per million
        expect("java-service", ids.get(0), "rated", "0.0003369");
        expect("java-service", ids.get(1), "usage_missing", null);
        // 21 × 3 + 456 × 3.75 + 187630 × 6 + 393 × 15, per million; then all writes at five minutes
        expect("java-service", ids.get(2), "rated", "1.133448");
        JsonNode settled = expect("java-service", ids.get(3), "rated", "0.7112805");
        assertThat(settled.toString()).doesNotContain("secret words");
        expect("java-service", ids.get(4), "rated", "0");
        try (PostgresBooks books = new PostgresBooks(at.postgresUrl(), at.postgresUser(), at.postgresPassword())) {
            assertThat(books.count("cost_calculations WHERE source = 'java-service'"))
                    .isEqualTo(ids.size());
            assertThat(books.count(
                            "cost_calculations WHERE source = 'java-service' AND event_id = '" + inner.get(0) + "'"))
                    .isZero();
            assertThat(books.count("cost_calculations WHERE source = 'java-service' AND vendor->>'quality' = 'settled'"
                            + " AND vendor->>'remark' LIKE 'ttl unknown%'"))
                    .isEqualTo(1);
            assertThat(books.count("cost_calculations WHERE vendor::text LIKE '%secret words%'"))
                    .isZero();
            assertThat(books.count("dead_letters WHERE company = 'spans'")).isZero();
        }
    }

    @Test
    void whatOpenAisClientAndItsInstrumentationOnNodeExportIsInTheLedger() throws Exception {
        NodeClient.install();

        List<String> spans = NodeClient.calls(Map.of(
                "OTEL_SERVICE_NAME",
                "node-service",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                traces.toString(),
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
                "authorization=Bearer%20" + key));

        assertThat(spans).hasSize(4);
        List<String> ids =
                spans.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
        // 2006 × 0.15 + 300 × 0.6, per million
        expect("node-service", ids.get(0), "rated", "0.0004809");
        expect("node-service", ids.get(1), "rated", "0.0004809");
        expect("node-service", ids.get(2), "usage_missing", null);
        expect("node-service", ids.get(3), "rated", "0.00000016");
    }

    @Test
    void anExportThatIsSentAgainCountsOnce() throws Exception {
        String body = export("again", "00000000000000000000000000000abc");
        for (int i = 0; i < 3; i++) {
            HttpResponse<byte[]> answer = post(JSON, gzip(body.getBytes(UTF_8)), key, "content-encoding", "gzip");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new String(answer.body(), UTF_8)).isEqualTo("{}");
        }

        JsonNode event = await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> event("again", "00000000000000000000000000000abc-00000000000000ef"),
                        found -> found.path("duplicates").asInt() == 2);
        assertThat(new BigDecimal(event.path("cost").asString())).isEqualByComparingTo("0.0004809");
        assertThat(event.path("history")).hasSize(1);
    }

    @Test
    void aRefusalIsInTheEncodingOfItsRequest() throws Exception {
        byte[] json = export("refused", "00000000000000000000000000000abd").getBytes(UTF_8);
        String corrector = client.createKey(COMPANY, List.of("correct"));

        expectStatus(post(PROTOBUF, new byte[0], "tg_nobody"), 401, "unknown_key");
        expectStatus(post(JSON, json, "tg_nobody"), 401, "unknown_key");
        expectStatus(post(JSON, json, corrector), 403, "scope_missing");
        expectStatus(post(PROTOBUF, json, key), 400, "unreadable_body");
        expectStatus(post(JSON, "[]".getBytes(UTF_8), key), 400, "unreadable_body");
        expectStatus(post(PROTOBUF, gzip(new byte[32 << 20]), key, "content-encoding", "gzip"), 413, "body_too_large");
        expectStatus(post(JSON, json, key, "content-encoding", "br"), 415, "unsupported_encoding");
        HttpResponse<byte[]> text = post("text/plain", json, key);
        assertThat(text.statusCode()).isEqualTo(415);
        assertThat(text.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void whatShouldHaveCountedIsToldByAPartialSuccess() throws Exception {
        String body = export("partial", "00000000000000000000000000000abe").replace("gen_ai.request.model", "other");

        HttpResponse<byte[]> json = post(JSON, body.getBytes(UTF_8), key);
        HttpResponse<byte[]> empty = post(PROTOBUF, new byte[0], key);

        assertThat(json.statusCode()).isEqualTo(200);
        JsonNode partial = JsonMapper.shared().readTree(json.body()).path("partialSuccess");
        assertThat(partial.path("rejectedSpans").asString()).isEqualTo("1");
        assertThat(partial.path("errorMessage").asString()).startsWith("1 missing_model: span 0000");
        assertThat(empty.statusCode()).isEqualTo(200);
        assertThat(empty.headers().firstValue("content-type")).contains(PROTOBUF);
        assertThat(ExportTraceServiceResponse.parseFrom(empty.body()).hasPartialSuccess())
                .isFalse();
    }

    private static void expectStatus(HttpResponse<byte[]> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode()).as(code).isEqualTo(status);
        String type = answer.headers().firstValue("content-type").orElse("");
        assertThat(type)
                .isEqualTo(answer.request().headers().firstValue("content-type").orElse(""));
        assertThat(type.equals(JSON) ? jsonStatus(answer.body()) : protobufStatus(answer.body()))
                .startsWith(code + ": ");
        assertThat(answer.headers().firstValue("www-authenticate").isPresent()).isEqualTo(status == 401);
    }

    private static String jsonStatus(byte[] body) {
        JsonNode status = JsonMapper.shared().readTree(body);
        assertThat(status.path("code").asInt()).isPositive();
        return status.path("message").asString();
    }

    /** A {@code google.rpc.Status}. */
    private static String protobufStatus(byte[] body) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(body);
        assertThat(in.readTag()).isEqualTo(1 << 3);
        assertThat(in.readInt32()).isPositive();
        assertThat(in.readTag()).isEqualTo((2 << 3) | 2);
        String message = in.readString();
        assertThat(in.isAtEnd()).isTrue();
        return message;
    }

    private static JsonNode expect(String source, String id, String state, @Nullable String cost) {
        JsonNode event = await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> event(source, id),
                        found -> found.path("state").asString().equals(state));
        if (cost == null) {
            assertThat(event.path("cost").isNull()).as("%s", event).isTrue();
        } else {
            assertThat(new BigDecimal(event.path("cost").asString()))
                    .as("%s", event)
                    .isEqualByComparingTo(cost);
        }
        return event;
    }

    private static JsonNode event(String source, String id) throws IOException, InterruptedException {
        return client.read("/v1/events?company=" + COMPANY + "&source=" + source + "&id=" + id);
    }

    private static String call(Tracer tracer, @Nullable Span parent, Attributes call, Attributes more) {
        Span span = tracer.spanBuilder("call")
                .setParent(parent == null ? Context.root() : Context.root().with(parent))
                .setAllAttributes(call)
                .setAllAttributes(more)
                .startSpan();
        span.end();
        return id(span);
    }

    private static String id(Span span) {
        return span.getSpanContext().getTraceId() + "-" + span.getSpanContext().getSpanId();
    }

    private static Attributes attributes(Object... namesAndValues) {
        AttributesBuilder attributes = Attributes.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = String.valueOf(namesAndValues[i]);
            if (namesAndValues[i + 1] instanceof Integer count) {
                attributes.put(name, count.longValue());
            } else {
                attributes.put(name, String.valueOf(namesAndValues[i + 1]));
            }
        }
        return attributes.build();
    }

    private static String export(String service, String traceId) {
        long now = Instant.now().toEpochMilli();
        return """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
                  "scopeSpans":[{"scope":{"name":"s"},"spans":[{"traceId":"%s","spanId":"00000000000000EF","name":"chat","kind":3,
                  "startTimeUnixNano":"%d000000","endTimeUnixNano":"%d000000","status":{"code":0},"attributes":[
                    {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
                    {"key":"gen_ai.system","value":{"stringValue":"openai"}},
                    {"key":"gen_ai.request.model","value":{"stringValue":"%s"}},
                    {"key":"gen_ai.usage.input_tokens","value":{"intValue":"2006"}},
                    {"key":"gen_ai.usage.output_tokens","value":{"intValue":300}}]}]}]}]}"""
                .formatted(service, traceId, now - 100, now, MINI);
    }

    private static HttpResponse<byte[]> post(String contentType, byte[] body, String secret, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(traces)
                .timeout(Duration.ofSeconds(20))
                .header("content-type", contentType)
                .header("x-api-key", secret)
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), BodyHandlers.ofByteArray());
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        }
        return packed.toByteArray();
    }

    private static String price(String provider, String model, String dimension, String amount) {
        return "{\"provider\":\"" + provider + "\",\"model\":\"" + model + "\",\"dimension\":\"" + dimension
                + "\",\"unit\":\"token\",\"unit_price\":\"" + amount
                + "\",\"currency\":\"USD\",\"effective_from\":\"2020-01-01T00:00:00Z\"}";
    }
}
