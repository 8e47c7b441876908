package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Submission;
import io.tollgate.gateway.format.LitellmLogs;
import io.tollgate.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What LiteLLM posts, posted to a real gateway and found in Kafka. */
class LitellmIT {
    private static final String JSON = "application/json";

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
    void anArrayIsTakenAndNoPromptIsInTheTopic() {
        HttpResponse<String> response = post(JSON, BodyPublishers.ofString(array("arr-")), "x-event-source", "litellm");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        List<Submission> stored = stored("litellm");
        assertThat(stored).hasSize(16);
        assertThat(stored.toString()).doesNotContain("secret").contains("arr-chatcmpl-openai0123456789abcdef");
        assertThat(stack.read(Topics.USAGE_EVENTS))
                .noneMatch(record -> new String(record.value(), UTF_8).contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({"application/json, false", "application/x-ndjson, false", "application/json; charset=utf-8, true"})
    void linesAreTakenUnderEitherTypeAndPacked(String contentType, boolean packed) throws IOException {
        String source = "lines-" + contentType + packed;
        byte[] body = String.join("\n", logs("l-")).getBytes(UTF_8);
        HttpResponse<String> response = packed
                ? post(
                        contentType,
                        BodyPublishers.ofByteArray(gzip(body)),
                        "x-event-source",
                        source,
                        "content-encoding",
                        "gzip")
                : post(contentType, BodyPublishers.ofByteArray(body), "x-event-source", source);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(stored(source)).hasSize(16);
    }

    @Test
    void oneObjectIsTakenAsItsKeys() {
        String log = fresh(LitellmLogs.named("anthropic"), "one-").toString();

        assertThat(post(JSON, BodyPublishers.ofString(log)).statusCode()).isEqualTo(204);
        assertThat(stack.stored("acme"))
                .filteredOn(submission -> submission.getId().startsWith("one-"))
                .singleElement()
                .satisfies(submission -> assertThat(submission.getSource()).startsWith("key_"));
    }

    @Test
    void aLogWithoutAnIdIsNamedAndTheOthersAreIn() {
        ObjectNode good = fresh(LitellmLogs.named("openai"), "mixed-");
        ObjectNode bad = good.deepCopy().put("id", "None");
        bad.remove("litellm_call_id");
        HttpResponse<String> response =
                post(JSON, BodyPublishers.ofString("[" + good + "," + bad + ",null]"), "x-event-source", "mixed");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(207);
        JsonNode results = json(response).path("results");
        assertThat(results.get(0).path("verdict").asString()).isEqualTo("accepted");
        assertThat(results.get(1).path("code").asString()).isEqualTo("invalid_event");
        assertThat(results.get(1).path("pointer").asString()).isEqualTo("/1/id");
        assertThat(results.get(2).path("pointer").asString()).isEqualTo("/2");
        assertThat(stored("mixed")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {          | 400 | unreadable_body",
                "application/json | ''         | 400 | unreadable_body",
                "application/json | [{\"id\":\"a\"}] | 422 | missing_provider",
                "text/plain       | []         | 415 | unsupported_media_type",
            })
    void whatIsWrongIsAProblem(String contentType, String body, int status, String code) {
        HttpResponse<String> response = post(contentType, BodyPublishers.ofString(body));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(json(response).path("code").asString()).isEqualTo(code);
    }

    @Test
    void whoCallsIsAskedAsForEvents() {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri("/v1/litellm"))
                .POST(BodyPublishers.ofString("[]"))
                .header("content-type", JSON);
        assertThat(gateway.send(request).statusCode()).isEqualTo(401);
        assertThat(gateway.send(request.header("x-api-key", gateway.key("acme", "read")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.get("/v1/litellm").statusCode()).isEqualTo(405);
    }

    private static HttpResponse<String> post(String contentType, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri("/v1/litellm"))
                .POST(body)
                .header("content-type", contentType)
                .header("authorization", "Bearer " + key);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return gateway.send(request);
    }

    private static String array(String prefix) {
        return "[" + String.join(",", logs(prefix)) + "]";
    }

    private static List<String> logs(String prefix) {
        return LitellmLogs.array()
                .valueStream()
                .map(log -> fresh(log, prefix).toString())
                .toList();
    }

    /** Of now, under an id of the test's own. */
    private static ObjectNode fresh(JsonNode log, String prefix) {
        ObjectNode fresh = (ObjectNode) log;
        fresh.put("id", prefix + log.path("id").asString());
        fresh.put("endTime", Instant.now().toEpochMilli() / 1000.0);
        return fresh;
    }

    private static List<Submission> stored(String source) {
        return stack.stored("acme").stream()
                .filter(submission -> submission.getSource().equals(source))
                .toList();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }
}
