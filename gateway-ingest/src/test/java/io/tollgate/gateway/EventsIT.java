package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayClient.usage;
import static io.tollgate.gateway.GatewayStack.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topics;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

class EventsIT {
    private static final String ONE = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String JSON = "application/json";

    private static GatewayStack stack;
    private static GatewayClient gateway;
    private static String key;

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack = GatewayStack.start(folder);
        gateway = stack.client();
        key = gateway.key("acme", "ingest", "correct");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @CsvSource({
        "application/cloudevents+json, false",
        "application/cloudevents-batch+json, true",
        "application/json, false",
        "application/json, true",
        "application/cloudevents+json; charset=utf-8, false",
        "'application/json;charset=\"UTF-8\"', true",
        "APPLICATION/JSON, false",
    })
    void anAcknowledgedEventIsInTheTopic(String contentType, boolean batch) {
        String id = "types-" + contentType.replace('"', '_') + batch;
        HttpResponse<String> response = gateway.events(key, contentType, batch ? "[" + usage(id) + "]" : usage(id));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().allValues("x-content-type-options")).containsExactly("nosniff");
        assertThat(response.headers().allValues("cache-control")).containsExactly("no-store");
        assertThat(stored(id)).singleElement().satisfies(submission -> {
            assertThat(submission.getKind()).isEqualTo(SubmissionKind.USAGE);
            assertThat(submission.getAuthId()).startsWith("key_");
        });
    }

    @Test
    void theRecordIsKeyedByTheEventsHash() {
        assertThat(gateway.events(key, ONE, usage("hashed")).statusCode()).isEqualTo(204);
        byte[] hash = EventHash.of("acme", "it", "hashed");
        assertThat(stack.read(Topics.USAGE_EVENTS)).anyMatch(record -> Arrays.equals(record.key(), hash));
    }

    @Test
    void ofTooManyWrongSecretsTheRestIsToldToWaitAndARightOneIsLetIn() {
        List<String> paths = List.of("/v1/events", "/v1/admissions/rsv_1", "/admin/v1/companies", "/v1/traces");
        for (int i = 0; i < 20; i++) {
            assertThat(from("203.0.113.9", paths.get(i % paths.size()), "guess-" + i)
                            .statusCode())
                    .isEqualTo(401);
        }
        for (String path : paths) {
            HttpResponse<String> response = from("203.0.113.9", path, "guess");
            assertThat(response.statusCode()).as(path).isEqualTo(429);
            assertThat(response.body()).contains("too_many_failures");
            assertThat(response.headers().firstValueAsLong("retry-after").orElse(0))
                    .isBetween(1L, 60L);
        }
        assertThat(from("203.0.113.9", "/v1/events", key).statusCode()).isEqualTo(204);
        assertThat(from("203.0.113.10", "/v1/events", "guess").statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> from(String address, String path, String secret) {
        boolean isRead = path.startsWith("/admin") || path.contains("rsv");
        return gateway.send(HttpRequest.newBuilder(gateway.uri(path))
                .method(isRead ? "GET" : "POST", BodyPublishers.ofString(isRead ? "" : usage("from-" + address)))
                .header("content-type", path.equals("/v1/traces") ? JSON : ONE)
                .header("authorization", "Bearer " + secret)
                .header("x-forwarded-for", address));
    }

    @Test
    void openMetersPathAndHeaderWork() {
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(gateway.uri("/api/v1/events?x=1"))
                .POST(BodyPublishers.ofString(usage("open-meter")))
                .header("content-type", ONE)
                .header("x-api-key", key)
                .header("x-request-id", "mine-1"));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("x-request-id")).contains("mine-1");
        assertThat(stored("open-meter")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/v1/events, application/cloudevents+json", "/api/v1/events, application/json"})
    void anEventOfOpenMetersExamplesIsTakenAsItIs(String path, String contentType) {
        String id = "prompt-" + contentType;
        String event = "{\"specversion\":\"1.0\",\"type\":\"prompt\",\"id\":\"" + id + "\",\"source\":\"chat-app\","
                + "\"subject\":\"customer-1\",\"time\":\"" + Instant.now()
                + "\",\"data\":{\"tokens\":\"123\",\"model\":\"gpt-4-turbo\",\"type\":\"output\"}}";
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(gateway.uri(path))
                .POST(BodyPublishers.ofString(event))
                .header("content-type", contentType)
                .header("authorization", "Bearer " + key));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(stored(id)).singleElement().satisfies(submission -> {
            assertThat(submission.getUsage().getUser()).isEqualTo("customer-1");
            assertThat(submission.getUsage().getProvider()).isEqualTo("openai");
            assertThat(submission.getUsage().getDimensions().toString()).contains("\"output\"", "123");
        });
    }

    @Test
    void eventsOfOpenMeterAndOurOwnComeInOneBatch() {
        String good = "{\"data\":{\"tokens\":7,\"model\":\"m\",\"type\":\"input\"},\"type\":\"prompt\",\"id\":\"om-1\","
                + "\"source\":\"it\",\"specversion\":\"1.0\"}";
        HttpResponse<String> response = gateway.events(
                key,
                BATCH,
                "[" + good + "," + usage("om-2") + "," + good.replace("\"prompt\"", "\"request\"") + ","
                        + good.replace(":7,", ":-7,") + "]");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(207);
        JsonNode results = json(response).path("results");
        assertThat(results.get(0).path("verdict").asString()).isEqualTo("accepted");
        assertThat(results.get(1).path("verdict").asString()).isEqualTo("accepted");
        assertThat(results.get(2).path("code").asString()).isEqualTo("unknown_type");
        assertThat(results.get(2).path("detail").asString()).contains("tollgate.mappings");
        assertThat(results.get(3).path("code").asString()).isEqualTo("invalid_quantity");
        assertThat(results.get(3).path("pointer").asString()).isEqualTo("/3/data/tokens");
    }

    @Test
    void anEventOfOpenMeterMayComeInBinaryMode() {
        HttpResponse<String> response = gateway.events(
                key,
                JSON,
                "{\"tokens\":9,\"model\":\"m\",\"type\":\"input\"}",
                "ce-specversion",
                "1.0",
                "ce-id",
                "om-binary",
                "ce-source",
                "it",
                "ce-type",
                "tokens");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(stored("om-binary")).hasSize(1);
    }

    @Test
    void aMappingThatIsWrongIsSaidAtTheStart() {
        assertThatThrownBy(
                        () -> GatewayApplication.builder().run("--server.port=0", "--tollgate.mappings[0].type=mine"))
                .hasRootCauseMessage("tollgate.mappings, type mine: model needs a from or an otherwise");
    }

    @Test
    void inBinaryModeTheAttributesAreHeaders() {
        HttpResponse<String> response = gateway.events(
                key,
                JSON,
                "{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{\"input\":7}}",
                "ce-specversion",
                "1.0",
                "ce-id",
                "bin%C3%A4r",
                "ce-source",
                "it",
                "ce-type",
                "tollgate.usage.v1",
                "ce-subject",
                "user-1");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(stored("binär")).singleElement().satisfies(submission -> assertThat(
                        submission.getUsage().getUser())
                .isEqualTo("user-1"));
    }

    @Test
    void gzipIsUnpacked() {
        HttpResponse<String> response = gateway.events(
                key, BATCH, BodyPublishers.ofByteArray(gzip(batch("gzip", 500))), "content-encoding", "gzip");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(stack.stored("acme").stream().filter(s -> s.getId().startsWith("gzip-")))
                .hasSize(500);
    }

    @Test
    void oneBadEventDoesNotSinkItsNeighbours() {
        String bad = usage("mixed-1").replace("\"input\":1200", "\"input\":-1");
        HttpResponse<String> response =
                gateway.events(key, BATCH, "[" + usage("mixed-0") + "," + bad + "," + usage("mixed-2") + "]");
        assertThat(response.statusCode()).isEqualTo(207);
        JsonNode body = json(response);
        assertThat(body.path("accepted").asInt()).isEqualTo(2);
        assertThat(body.path("rejected").asInt()).isEqualTo(1);
        assertThat(body.path("results")).hasSize(3);
        assertThat(body.at("/results/0").toString())
                .isEqualTo("{\"index\":0,\"id\":\"mixed-0\",\"verdict\":\"accepted\"}");
        assertThat(body.at("/results/1/code").asString()).isEqualTo("invalid_quantity");
        assertThat(body.at("/results/1/pointer").asString()).isEqualTo("/1/data/dimensions/input");
        assertThat(stored("mixed-0")).hasSize(1);
        assertThat(stored("mixed-1")).isEmpty();
        assertThat(stored("mixed-2")).hasSize(1);
    }

    @Test
    void whoPrefersABodyGetsOne() {
        HttpResponse<String> response = gateway.events(key, ONE, usage("preferred"), "prefer", "return=representation");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"accepted\":1,\"rejected\":0,\"results\":[{\"index\":0,\"id\":\"preferred\","
                        + "\"verdict\":\"accepted\"}]}");
    }

    @Test
    void moreThanADoubleCanHoldIsKeptExactly() {
        assertThat(gateway.events(key, ONE, usage("exact").replace("1200", "9007199254740993"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(stored("exact")).singleElement().satisfies(submission -> assertThat(Decimals.fromAvro(
                                submission.getUsage().getDimensions().get(0).getQuantity())
                        .toString())
                .isEqualTo("9007199254740993"));
    }

    @Test
    void aVoidIsKeyedByItsTarget() {
        assertThat(gateway.events(key, ONE, correction("void-1", "hashed")).statusCode())
                .isEqualTo(204);
        assertThat(stack.read(Topics.USAGE_EVENTS).stream()
                        .filter(record -> Arrays.equals(record.key(), EventHash.of("acme", "it", "hashed"))))
                .isNotEmpty();
    }

    static Stream<Arguments> badInput() {
        String day = Instant.now().minus(90, ChronoUnit.DAYS).toString();
        String future = Instant.now().plus(1, ChronoUnit.HOURS).toString();
        return Stream.of(
                bad("not JSON", ONE, "hello", 400, "unreadable_body"),
                bad("empty", ONE, "", 400, "unreadable_body"),
                bad("broken off", BATCH, "[" + usage("bad") + ",{", 400, "unreadable_body"),
                bad("NaN", ONE, usage("bad").replace("1200", "NaN"), 400, "unreadable_body"),
                bad("wrong type", "text/plain", usage("bad"), 415, "unsupported_media_type"),
                bad("wrong charset", "application/json;charset=utf-16", usage("bad"), 415, "unsupported_media_type"),
                bad("5 MiB", ONE, " ".repeat(5 << 20) + usage("bad"), 413, "body_too_large"),
                bad("20 MiB", ONE, " ".repeat(20 << 20) + usage("bad"), 413, "body_too_large"),
                bad("2,000 events", BATCH, batch("bad", 2_000), 413, "too_many_events"),
                bad("depth 10,000", ONE, "{\"data\":" + "[".repeat(10_000), 400, "too_deep"),
                bad("negative", ONE, usage("bad").replace("1200", "-1"), 422, "invalid_quantity"),
                bad("NaN text", ONE, usage("bad").replace("1200", "\"NaN\""), 422, "invalid_quantity"),
                bad("1e400", ONE, usage("bad").replace("1200", "1e400"), 422, "invalid_quantity"),
                bad("1e-999999999", ONE, usage("bad").replace("1200", "1e-999999999"), 422, "invalid_quantity"),
                bad("no model", ONE, usage("bad").replace("\"model\":\"m\",", ""), 422, "missing_model"),
                bad("no id", ONE, usage("bad").replace("\"id\":\"bad\",", ""), 422, "invalid_event"),
                bad("future", ONE, timed("bad", future), 422, "timestamp_in_future"),
                bad("90 days old", ONE, timed("bad", day), 422, "timestamp_too_far_in_past"),
                bad("unknown type", ONE, usage("bad").replace("usage.v1", "usage.v2"), 422, "unknown_type"),
                bad(
                        "format",
                        ONE,
                        usage("bad")
                                .replace("usage.v1", "response.v1")
                                .replace("\"dimensions\":{\"input\":1200}", "\"format\":\"x\""),
                        422,
                        "unknown_format"),
                bad("all bad", BATCH, "[{},7]", 422, "all_rejected"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInput")
    void badInputIsAProblemAndNothingIsStored(String name, String contentType, String body, int status, String code) {
        HttpResponse<String> response = gateway.events(key, contentType, body);
        assertProblem(response, status, code);
        assertThat(stack.stored("acme"))
                .noneMatch(submission -> submission.getId().startsWith("bad"));
    }

    @Test
    void aChunkedBodyHasTheSameLimit() {
        byte[] large = (" ".repeat(5 << 20) + usage("bad")).getBytes(UTF_8);
        HttpResponse<String> response =
                gateway.events(key, ONE, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
        assertProblem(response, 413, "body_too_large");
        assertThat(stored("bad")).isEmpty();
    }

    @Test
    void whoComesWhenBodiesHaveNoRoomLeftIsToldSoAtOnceAndMayComeAgain() throws IOException {
        try (ConfigurableApplicationContext small =
                GatewayStack.startGateway(stack.kafka(), stack.registry(), "--tollgate.delivery.in-flight=4MB")) {
            GatewayClient client = new GatewayClient(GatewayStack.port(small));
            client.awaitReady();
            String padding = " ".repeat(3_900_000);
            try (Socket slow =
                    new Socket(InetAddress.getLoopbackAddress(), client.uri("/").getPort())) {
                slow.getOutputStream().write((headOfPost(padding + usage("slow")) + padding).getBytes(US_ASCII));
                await().until(() -> GatewayStack.heldBytes(small) == padding.length());

                HttpResponse<String> refused = client.events(key, ONE, " ".repeat(1 << 20) + usage("later"));
                assertProblem(refused, 503, "busy");
                assertThat(refused.headers().firstValue("retry-after")).isPresent();

                slow.getOutputStream().write(usage("slow").getBytes(US_ASCII));
                assertThat(nextStatus(reader(slow))).isEqualTo("HTTP/1.1 204 No Content");
            }
            assertThat(client.events(key, ONE, " ".repeat(1 << 20) + usage("later"))
                            .statusCode())
                    .isEqualTo(204);
            await().until(() -> GatewayStack.heldBytes(small) == 0);
        }
    }

    private static String headOfPost(String body) {
        return "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    @Test
    void aGzipBombIsTooLarge() {
        byte[] bomb = gzip("[" + " ".repeat(200 << 20) + "]");
        assertThat(bomb.length).isLessThan(1 << 20);
        assertProblem(
                gateway.events(key, BATCH, BodyPublishers.ofByteArray(bomb), "content-encoding", "gzip"),
                413,
                "body_too_large");
    }

    @Test
    void whatIsNoGzipIsUnreadable() {
        assertProblem(gateway.events(key, ONE, usage("bad"), "content-encoding", "gzip"), 400, "unreadable_body");
        byte[] cut = gzip(usage("bad"));
        assertProblem(
                gateway.events(
                        key,
                        ONE,
                        BodyPublishers.ofByteArray(Arrays.copyOf(cut, cut.length - 4)),
                        "content-encoding",
                        "gzip"),
                400,
                "unreadable_body");
        assertProblem(gateway.events(key, ONE, usage("bad"), "content-encoding", "br"), 415, "unsupported_encoding");
        assertThat(stored("bad")).isEmpty();
    }

    @Test
    void anOnlyEventsRejectionIsTheProblemItself() {
        HttpResponse<String> response = gateway.events(key, ONE, usage("bad").replace("1200", "-1"));
        JsonNode problem = json(response);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/data/dimensions/input");
        assertThat(problem.path("instance").asString())
                .isEqualTo(response.headers().firstValue("x-request-id").orElseThrow());
        assertThat(problem.path("type").asString()).isEqualTo("urn:tollgate:problem:invalid_quantity");
        assertThat(problem.path("rejected").asInt()).isEqualTo(1);
        assertThat(problem.at("/results/0/id").asString()).isEqualTo("bad");
    }

    /** Two requests in one write, the first answered later than the second could be; then a third. */
    @Test
    void aConnectionIsReadOnAfterRequestsThatCameTogether() throws IOException {
        String event = usage("piped");
        String post = headOfPost(event) + event;
        String get = "GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.uri("/").getPort())) {
            BufferedReader answers = reader(socket);
            for (int i = 0; i < 20; i++) {
                socket.getOutputStream().write((post + get).getBytes(US_ASCII));
                assertThat(nextStatus(answers)).isEqualTo("HTTP/1.1 204 No Content");
                assertThat(nextStatus(answers)).isEqualTo("HTTP/1.1 405 Method Not Allowed");
            }
        }
    }

    /** A body before it ends without a line break. */
    private static String nextStatus(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        while (!line.contains("HTTP/1.1 ")) {
            line = answers.readLine();
        }
        return line.substring(line.indexOf("HTTP/1.1 "));
    }

    @Test
    void whoIsNotKnownIsRefused() {
        HttpResponse<String> unknown = gateway.events("tg_" + "0".repeat(64), ONE, usage("bad"));
        assertProblem(unknown, 401, "unknown_key");
        assertThat(unknown.headers().firstValue("www-authenticate")).isPresent();
        assertProblem(gateway.events("x", ONE, usage("bad")), 401, "unknown_key");
        assertProblem(
                gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/events"))
                        .POST(BodyPublishers.ofString(usage("bad")))
                        .header("content-type", ONE)),
                401,
                "missing_key");
        assertThat(stored("bad")).isEmpty();
    }

    @Test
    void aRevokedKeyIsRefusedAtOnce() {
        String revoked = gateway.key("revoking", "ingest");
        assertThat(gateway.events(revoked, ONE, usage("before")).statusCode()).isEqualTo(204);
        String id = json(gateway.admin("GET", "keys?company=revoking", ""))
                .at("/items/0/id")
                .asString();
        assertThat(gateway.admin("DELETE", "keys/" + id, "").statusCode()).isEqualTo(204);
        assertProblem(gateway.events(revoked, ONE, usage("after")), 401, "revoked_key");
        assertThat(stack.stored("revoking")).hasSize(1);
    }

    @Test
    void aKeyOfACompanyThatEndedIsRefused() {
        String orphan = gateway.key("ending", "ingest");
        assertThat(gateway.admin("DELETE", "companies/ending", "").statusCode()).isEqualTo(204);
        assertProblem(gateway.events(orphan, ONE, usage("after")), 403, "company_gone");
    }

    @Test
    void aKeyThatMayNotSendIsForbidden() {
        assertProblem(gateway.events(gateway.key("reader", "read"), ONE, usage("bad")), 403, "scope_missing");
        assertThat(stack.stored("reader")).isEmpty();
    }

    @Test
    void aKeyThatMayNotCorrectCanNotVoid() {
        String ingests = gateway.key("ingesting", "ingest");
        assertProblem(gateway.events(ingests, ONE, correction("v", "e")), 422, "scope_missing");
        HttpResponse<String> mixed =
                gateway.events(ingests, BATCH, "[" + usage("e") + "," + correction("v", "e") + "]");
        assertThat(mixed.statusCode()).isEqualTo(207);
        assertThat(json(mixed).at("/results/1/code").asString()).isEqualTo("scope_missing");
        assertThat(stack.stored("ingesting")).singleElement().satisfies(submission -> assertThat(submission.getKind())
                .isEqualTo(SubmissionKind.USAGE));
    }

    @Test
    void eventsAreSentByPost() {
        HttpResponse<String> response = gateway.get("/v1/events");
        assertProblem(response, 405, "method_not_allowed");
        assertThat(response.headers().firstValue("allow")).contains("POST");
    }

    @Test
    void whatThereIsNotIsAProblemToo() {
        assertProblem(gateway.get("/v2/events"), 404, "not_found");
    }

    @Test
    void deadLettersGoInAgainPageByPage() throws Exception {
        AvroCodec<DeadLetter> letters = AvroCodec.of(Topics.USAGE_DEAD, new SchemaRegistry(stack.registry()));
        AvroCodec<Submission> submissions = AvroCodec.of(Topics.USAGE_INBOX, new SchemaRegistry(stack.registry()));
        byte[] original = submissions.encode(Submission.newBuilder()
                .setCompany("acme")
                .setKind(SubmissionKind.VOID)
                .setSource("it")
                .setId("buried")
                .setReceivedAt(0)
                .build());
        Map<String, Object> settings = Map.of("bootstrap.servers", stack.kafka());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 5; i++) {
                DeadLetter letter = DeadLetter.newBuilder()
                        .setCode("internal_error")
                        .setDetail("a bug")
                        .setOriginTopic(i == 3 ? "usage.rated" : "usage.inbox")
                        .setOriginPartition(0)
                        .setOriginOffset(i)
                        .setOriginTimestamp(0)
                        .setCompany("acme")
                        .setOriginal(i == 4 ? null : ByteBuffer.wrap(original))
                        .build();
                producer.send(new ProducerRecord<>(
                                Topics.USAGE_DEAD.name(), new byte[] {(byte) i}, letters.encode(letter)))
                        .get(10, TimeUnit.SECONDS);
            }
        }

        List<JsonNode> dry = replayed("\"code\":\"internal_error\",\"limit\":2,\"dry_run\":true");
        assertThat(dry).hasSizeBetween(3, 4);
        assertThat(stack.read(Topics.USAGE_INBOX)).isEmpty();

        List<JsonNode> pages = replayed("\"company\":\"acme\",\"limit\":2");
        assertThat(pages).extracting(page -> page.path("replayed").asInt()).satisfies(counts -> assertThat(
                        counts.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(3));
        assertThat(pages.stream().flatMap(page -> page.path("left").valueStream()))
                .extracting(left ->
                        left.path("id").asString() + " " + left.path("reason").asString())
                .containsExactlyInAnyOrder("usage.rated-0-3 no_submission", "usage.inbox-0-4 no_original");
        assertThat(stack.read(Topics.USAGE_INBOX)).hasSize(3).allSatisfy(record -> {
            assertThat(record.value()).isEqualTo(original);
            assertThat(record.key()[0]).isBetween((byte) 0, (byte) 2);
        });
        assertThat(stack.read(Topics.AUDIT_LOG))
                .extracting(record -> new String(record.key(), UTF_8))
                .filteredOn(record -> record.startsWith("dead_letter/"))
                .containsExactlyInAnyOrder(
                        "dead_letter/usage.inbox-0-0", "dead_letter/usage.inbox-0-1", "dead_letter/usage.inbox-0-2");

        JsonNode named =
                replayed("\"ids\":[\"usage.inbox-0-1\",\"usage.inbox-9-9\"]").get(0);
        assertThat(named.path("ids").values()).extracting(JsonNode::asString).containsExactly("usage.inbox-0-1");
        assertThat(named.path("left").path(0).path("reason").asString()).isEqualTo("not_found");

        assertThat(json(again("usage.inbox-0-0", "")).path("action").asString()).isEqualTo("replayed");
        assertProblem(again("usage.inbox-9-9", ""), 404, "not_found");
        assertProblem(again("usage.rated-0-3", "{\"data\":{}}"), 409, "not_replayable");
        assertProblem(again("usage.inbox-0-4", ""), 409, "not_replayable");
        String fix = "{\"company\":\"%s\",\"source\":\"it\",\"id\":\"dug-up\",\"data\":{\"provider\":\"openai\","
                + "\"model\":\"gpt-4o\",\"dimensions\":{\"input\":12}}}";
        assertThat(again("usage.inbox-0-4", fix.formatted("nobody")).body()).contains("\"pointer\":\"/company\"");
        assertThat(json(again("usage.inbox-0-4", fix.formatted("acme")))
                        .path("action")
                        .asString())
                .isEqualTo("fixed");
        assertThat(stack.read(Topics.USAGE_INBOX))
                .extracting(record -> submissions.decode(record.value()).getId())
                .containsOnlyOnce("dug-up");
        AvroCodec<AuditEntry> audit = AvroCodec.of(Topics.AUDIT_LOG, new SchemaRegistry(stack.registry()));
        assertThat(stack.read(Topics.AUDIT_LOG))
                .extracting(record -> audit.decode(record.value()))
                .filteredOn(entry -> entry.getAction().equals("fixed"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getKind() + " " + entry.getId()).isEqualTo("dead_letter usage.inbox-0-4");
                    assertThat(entry.getBefore()).isNull();
                    assertThat(entry.getAfter()).contains("\"id\":\"dug-up\"", "\"dimensions\":{\"input\":\"12\"}");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                              | ''",
                "{\"dry_run\":true}                                              | ''",
                "{\"code\":\"x\",\"cursor\":\"?\"}                                 | /cursor",
                "{\"code\":\"x\",\"limit\":10001}                                | /limit",
                "{\"from\":\"2026-11-02T00:00:00Z\",\"to\":\"2026-11-01T00:00:00Z\"} | /to",
                "{\"codes\":\"x\",\"code\":\"x\"}                                  | /codes",
            })
    void aReplayThatDoesNotSayWhichIsRefused(String body, String pointer) {
        HttpResponse<String> answer = gateway.admin("POST", "dead-letters/replay", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).path("errors").path(0).path("pointer").asString())
                .isEqualTo(pointer);
    }

    private static HttpResponse<String> again(String letter, String fix) {
        return gateway.admin("POST", "dead-letters/" + letter + "/replay", fix);
    }

    /** All pages of it. */
    private static List<JsonNode> replayed(String members) {
        List<JsonNode> pages = new ArrayList<>();
        String cursor = "";
        do {
            String next = cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + "\"";
            HttpResponse<String> answer = gateway.admin("POST", "dead-letters/replay", "{" + members + next + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            pages.add(json(answer));
            cursor = json(answer).path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        return pages;
    }

    private static Arguments bad(String name, String contentType, String body, int status, String code) {
        return Arguments.of(name, contentType, body, status, code);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
    }

    private static List<Submission> stored(String id) {
        return stack.stored("acme").stream()
                .filter(submission -> submission.getId().equals(id))
                .toList();
    }

    private static String timed(String id, String time) {
        return usage(id).replace("\"source\"", "\"time\":\"" + time + "\",\"source\"");
    }

    private static String correction(String id, String target) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"ops\",\"type\":\"tollgate.void.v1\","
                + "\"data\":{\"source\":\"it\",\"id\":\"" + target + "\"}}";
    }

    private static String batch(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> usage(prefix + "-" + i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
