package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ReadingQuality;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimals;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Vendors' bodies as they came, posted to a real gateway and found in Kafka. */
class VendorIT {
    private static final String BODY =
            """
            {"id":"chatcmpl-7","model":"gpt-4o-2024-08-06","choices":[{"message":{"content":"secret words"}}],
             "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920}}}""";

    private static final String CHUNKS =
            """
            data: {"id":"c","model":"gpt-4o-mini","choices":[{"delta":{"content":"secret words"}}],"usage":null}

            : a comment
            data: {"id":"c","model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}

            """;

    private static GatewayStack stack;
    private static GatewayClient gateway;
    private static String key;

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack = GatewayStack.start(folder);
        gateway = stack.client();
        key = gateway.key("acme", "ingest");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aBodyIsReadAndTheHeadersSayTheRest() {
        HttpResponse<String> response = post(
                "openai.chat",
                "application/json",
                BODY,
                "idempotency-key",
                "body-1",
                "x-user",
                "user-42",
                "x-status",
                "200",
                "x-latency-ms",
                "812",
                "x-region",
                "eu",
                "x-labels",
                "team=search, env=prod",
                "x-event-source",
                "search-service");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        Submission stored = stored("body-1");
        assertThat(stored.getSource()).isEqualTo("search-service");
        Usage usage = usage(stored);
        assertThat(quantities(usage)).isEqualTo(Map.of("input", "86", "cache_read", "1920", "output", "300"));
        assertThat(usage.getProvider()).isEqualTo("openai");
        assertThat(usage.getModel()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(usage.getRequestId()).isEqualTo("chatcmpl-7");
        assertThat(usage.getUser()).isEqualTo("user-42");
        assertThat(usage.getStatus()).isEqualTo(200);
        assertThat(usage.getLatencyMs()).isEqualTo(812);
        assertThat(usage.getRegion()).isEqualTo("eu");
        assertThat(usage.getLabels()).isEqualTo(Map.of("team", "search", "env", "prod"));
        assertThat(stored.toString()).contains("prompt_tokens").doesNotContain("secret words");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"whole|[DONE]", "cut-off|{\"id\":\"c\",\"mod", "bare|"},
            nullValues = "null")
    void aRawEventStreamIsReadToWhereItBrokeOff(String id, String last) {
        String body = CHUNKS + (last == null ? "" : "data: " + last);

        HttpResponse<String> response =
                post("openai.chat.stream", "text/event-stream", body, "x-event-id", "stream-" + id);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(quantities(usage(stored("stream-" + id)))).isEqualTo(Map.of("input", "5", "output", "7"));
    }

    @Test
    void aBodyWithoutUsageIsTakenAndItsUsageIsMissing() {
        HttpResponse<String> response =
                post("openai.chat", "application/json", "{\"model\":\"m\"}", "idempotency-key", "no-usage");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(Objects.requireNonNull(usage(stored("no-usage")).getVendor()).getQuality())
                .isEqualTo(ReadingQuality.MISSING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai.chat  | application/json  | {}   | idempotency-key | w-1 | 422 | missing_model",
                "openai.chat  | application/json  | {    | idempotency-key | w-2 | 400 | unreadable_body",
                "openai.chat  | application/json  | {}{} | idempotency-key | w-3 | 400 | unreadable_body",
                "openai.chat  | application/json  | {}   | x-nothing       | w-4 | 400 | missing_event_id",
                "openai.chats | application/json  | {}   | idempotency-key | w-5 | 404 | unknown_format",
                "openai.chat  | text/plain        | {}   | idempotency-key | w-6 | 415 | unsupported_media_type",
                "openai.chat  | text/event-stream | {}   | idempotency-key | w-7 | 415 | unsupported_media_type",
            })
    void whatIsWrongIsAProblemAndNothingIsStored(
            String format, String contentType, String body, String header, String id, int status, String code) {
        HttpResponse<String> response = post(format, contentType, body, header, id);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).path("code").asString()).isEqualTo(code);
        assertThat(stack.stored("acme"))
                .noneMatch(submission -> submission.getId().equals(id));
    }

    @ParameterizedTest
    @CsvSource({"x-status,abc", "x-latency-ms,-1", "x-labels,team", "x-event-time,yesterday"})
    void aHeaderThatIsWrongIsNamed(String header, String value) {
        HttpResponse<String> response =
                post("openai.chat", "application/json", BODY, "idempotency-key", "h-1", header, value);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(json(response).path("detail").asString()).contains(value);
    }

    @Test
    void theFormatsAreListedAndEachSampleIsTaken() {
        JsonNode items = json(gateway.get("/v1/vendor")).path("items");

        assertThat(items).isNotEmpty();
        for (JsonNode item : items) {
            String format = item.path("format").asString();
            HttpResponse<String> response = post(
                    format,
                    "application/json",
                    item.path("sample").asString(),
                    "idempotency-key",
                    "sample-" + format,
                    "x-provider",
                    "somebody",
                    "x-model",
                    "some-model");
            assertThat(response.statusCode()).as(format + " " + response.body()).isEqualTo(204);
            assertThat(usage(stored("sample-" + format)).getDimensions())
                    .as(format)
                    .isNotEmpty();
        }
    }

    private static HttpResponse<String> post(String format, String contentType, String body, String... headers) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/vendor/" + format))
                .POST(BodyPublishers.ofString(body))
                .header("content-type", contentType)
                .header("authorization", "Bearer " + key)
                .headers(headers));
    }

    private static Submission stored(String id) {
        List<Submission> found = stack.stored("acme").stream()
                .filter(submission -> submission.getId().equals(id))
                .toList();
        assertThat(found).as(id).hasSize(1);
        return found.get(0);
    }

    private static Usage usage(Submission submission) {
        return Objects.requireNonNull(submission.getUsage());
    }

    private static Map<String, String> quantities(Usage usage) {
        return usage.getDimensions().stream()
                .collect(Collectors.toMap(
                        counted -> counted.getDimension(),
                        counted -> Decimals.fromAvro(counted.getQuantity()).toString()));
    }
}
