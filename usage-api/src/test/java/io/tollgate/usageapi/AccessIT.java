package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.ADMIN_TOKEN;
import static io.tollgate.usageapi.UsageApiStack.json;
import static io.tollgate.usageapi.UsageApiStack.key;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tollgate.avro.Admin;
import io.tollgate.avro.AdminRole;
import io.tollgate.avro.ApiKey;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

@ExtendWith(StackExtension.class)
class AccessIT {
    private static final List<String> ROUTES = List.of(
            "/v1/stats", "/v1/events?source=s&id=1", "/v1/balance", "/v1/unpriced", "/v1/keys", "/v1/dead-letters");

    private final UsageApiStack stack;

    AccessIT(UsageApiStack stack) {
        this.stack = stack;
    }

    @Test
    void withoutAKeyNothingIsAnswered() {
        for (String route : ROUTES) {
            HttpResponse<String> response = stack.get(route);
            assertThat(code(response)).as(route).isEqualTo("missing_key");
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer realm=\"tollgate\"");
        }
    }

    @Test
    void aSecretThatNobodyHasIsUnknown() {
        for (String secret : List.of("guess", ADMIN_TOKEN + "x", "key_acme", "SECRET-ACME", "x".repeat(5_000))) {
            HttpResponse<String> response = stack.get("/v1/stats", "x-api-key", secret);
            assertThat(response.statusCode()).as(secret).isEqualTo(401);
            assertThat(code(response)).isEqualTo("unknown_key");
        }
    }

    @Test
    void ofTooManyWrongSecretsTheRestIsToldToWaitAndARightOneIsLetIn() {
        String[] guess = {"x-api-key", "guess", "x-forwarded-for", "203.0.113.9"};
        for (int i = 0; i < 20; i++) {
            assertThat(stack.get("/v1/stats", guess).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> response = stack.get("/v1/stats", guess);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(code(response)).isEqualTo("too_many_failures");
        assertThat(response.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(1L, 60L);
        assertThat(stack.get("/v1/stats", "x-api-key", "secret-acme", "x-forwarded-for", "203.0.113.9")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void bothHeadersAreTaken() {
        assertThat(stack.get("/v1/stats", "x-api-key", "secret-acme").statusCode())
                .isEqualTo(200);
        assertThat(stack.get("/v1/stats", "Authorization", "bearer secret-acme").statusCode())
                .isEqualTo(200);
        assertThat(stack.get("/v1/stats", "x-api-key", ADMIN_TOKEN).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aNamedAdministratorOfAnyRoleReadsUntilTheTimeIsOver() {
        Admin ann = new Admin(
                "ann",
                "Ann",
                AdminRole.AUDITOR,
                "tga_1234",
                ByteBuffer.wrap(ApiKeys.hash("tga_ann")),
                null,
                1L,
                0L,
                0L);
        stack.putRecord(Topics.CONFIG_ADMINS, "ann", ann);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> stack.get("/v1/stats", "x-api-key", "tga_ann").statusCode() == 200);
        for (String route : ROUTES) {
            assertThat(stack.get(route, "x-api-key", "tga_ann").statusCode())
                    .as(route)
                    .isEqualTo(stack.get(route, "x-api-key", ADMIN_TOKEN).statusCode())
                    .isNotIn(401, 403);
        }
        ann.setExpiresAt(1L);
        stack.putRecord(Topics.CONFIG_ADMINS, "ann", ann);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> code(stack.get(
                        "/v1/stats", "x-api-key", "tga_ann"))
                .equals("expired_token"));
    }

    @Test
    void aKeyWithoutTheScopeMayNotRead() {
        stack.putKey(key("key_ingest", "acme", "secret-ingest", "ingest", "correct"));
        for (String route : ROUTES) {
            HttpResponse<String> response = stack.get(route, "x-api-key", "secret-ingest");
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(code(response)).isEqualTo("scope_missing");
        }
    }

    @Test
    void aRevokedAnExpiredAndARemovedKeyAreRefused() {
        ApiKey key = key("key_short", "acme", "secret-short", "read");
        stack.putKey(key);
        assertThat(stack.get("/v1/stats", "x-api-key", "secret-short").statusCode())
                .isEqualTo(200);
        long now = Instant.now().toEpochMilli() * 1_000;
        stack.putKey(ApiKey.newBuilder(key).setRevokedAt(now - 1).build());
        assertThat(code(stack.get("/v1/stats", "x-api-key", "secret-short"))).isEqualTo("revoked_key");
        stack.putKey(ApiKey.newBuilder(key).setExpiresAt(now - 1).build());
        assertThat(code(stack.get("/v1/stats", "x-api-key", "secret-short"))).isEqualTo("expired_key");
        stack.removeKey("key_short");
        assertThat(code(stack.get("/v1/stats", "x-api-key", "secret-short"))).isEqualTo("unknown_key");
    }

    @Test
    void afterARotationOnlyTheNewSecretIsTaken() {
        stack.putKey(key("key_rotated", "acme", "secret-old", "read"));
        stack.putKey(key("key_rotated", "acme", "secret-new", "read"));
        assertThat(stack.get("/v1/stats", "x-api-key", "secret-new").statusCode())
                .isEqualTo(200);
        assertThat(code(stack.get("/v1/stats", "x-api-key", "secret-old"))).isEqualTo("unknown_key");
    }

    @Test
    void aKeyOfNoCompanyIsRefused() {
        stack.putKey(key("key_orphan", "gone", "secret-orphan", "read"));
        assertThat(code(stack.get("/v1/stats", "x-api-key", "secret-orphan"))).isEqualTo("company_gone");
    }

    @Test
    void anotherCompanyIsForbiddenOnEveryRoute() {
        for (String route : ROUTES) {
            String path = route + (route.contains("?") ? "&" : "?") + "company=beta";
            HttpResponse<String> response = stack.asAcme(path);
            assertThat(response.statusCode()).as(path).isEqualTo(403);
            assertThat(code(response)).isEqualTo("other_company");
        }
    }

    @Test
    void problemsSayWhichRequestTheyAnswer() {
        HttpResponse<String> response = stack.asAcme("/v1/nothing", "x-request-id", "req-7");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("x-request-id")).hasValue("req-7");
        JsonNode problem = json(response);
        assertThat(problem.path("instance").asString()).isEqualTo("req-7");
        assertThat(problem.propertyNames()).contains("type", "title", "status", "detail", "code", "instance");
    }

    @Test
    void whoeverWritesIsToldThatItIsReadOnly() {
        for (String route : ROUTES) {
            for (String method : List.of("POST", "PUT", "DELETE")) {
                HttpResponse<String> response = stack.send(method, route);
                assertThat(response.statusCode()).as(method + " " + route).isEqualTo(405);
                assertThat(response.headers().firstValue("allow")).hasValue("GET");
                assertThat(code(response)).isEqualTo("method_not_allowed");
            }
        }
        assertThat(stack.send("POST", "/v1/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void problemsSpeakAsTheGatewaysDo() {
        JsonNode unreadable = json(stack.asAcme("/v1/stats?from=yesterday"));
        assertThat(unreadable.path("title").asString()).isEqualTo("The request can't be read");
        assertThat(unreadable.path("instance").asString()).startsWith("req_");
        assertThat(json(stack.get("/v1/stats")).path("title").asString()).isEqualTo("Who calls is not known");
        assertThat(json(stack.asAcme("/v1/stats?company=beta")).path("title").asString())
                .isEqualTo("The key may not do this");
    }

    @Test
    void theDatabaseRefusesWritesOnTheServicesConnections() {
        assertThat(stack.writeThroughTheService("DELETE FROM usage_stats")).contains("read-only transaction");
        assertThat(stack.writeThroughTheService("CREATE TABLE mine (id int)")).contains("read-only transaction");
    }

    @Test
    void healthIsUpOnceKeysAreReadAndThePostgresAnswers() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            HttpResponse<String> ready = stack.get("/actuator/health/readiness");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            assertThat(json(ready).path("components").propertyNames()).contains("database", "keys");
        });
        assertThat(stack.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(stack.get("/actuator/prometheus").body()).contains("hikaricp_connections");
    }

    @Test
    void aPasswordThatIsWrongIsSaidOnceAndInOneSentence() {
        String reason = "FATAL: password authentication failed for user \"" + UsageApiStack.ROLE + "\"";
        try (var service = stack.start(stack.kafka().bootstrapServers(), "--tollgate.postgres-password=not-it")) {
            int port = UsageApiStack.portOf(service);
            List<ILoggingEvent> lines = linesDuring(() -> {
                for (int i = 0; i < 3; i++) {
                    HttpResponse<String> ready = stack.get(port, "/actuator/health/readiness");
                    assertThat(ready.statusCode()).isEqualTo(503);
                    assertThat(json(ready)
                                    .at("/components/database/details/error")
                                    .asString())
                            .isEqualTo(reason);
                }
            });
            assertThat(lines.stream().map(ILoggingEvent::getFormattedMessage))
                    .containsOnlyOnce("PostgreSQL can't be asked: " + reason);
            assertThat(lines).allMatch(line -> line.getThrowableProxy() == null);
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                HttpResponse<String> stats = stack.get(port, "/v1/stats", "x-api-key", ADMIN_TOKEN);
                assertThat(stats.statusCode()).isEqualTo(503);
                assertThat(code(stats)).isEqualTo("database_unavailable");
            });
        }
    }

    @Test
    void aKafkaThatIsAwayAtTheStartIsNamed() {
        try (var service = stack.start("127.0.0.1:1")) {
            int port = UsageApiStack.portOf(service);
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                HttpResponse<String> ready = stack.get(port, "/actuator/health/readiness");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(json(ready).at("/components/keys/details/waits_for").asString())
                        .startsWith("Kafka at 127.0.0.1:1: ");
            });
        }
    }

    private static List<ILoggingEvent> linesDuring(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(AccessIT.class.getPackageName());
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            work.run();
        } finally {
            logger.detachAppender(lines);
        }
        return List.copyOf(lines.list);
    }

    private static String code(HttpResponse<String> response) {
        return json(response).path("code").asString();
    }
}
