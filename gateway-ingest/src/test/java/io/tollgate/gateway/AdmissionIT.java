package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static io.tollgate.gateway.admission.Quotas.quota;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Reservation;
import io.tollgate.avro.Submission;
import io.tollgate.avro.User;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.topic.Topics;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A token of input costs a cent. The topology's records are written by the test. */
class AdmissionIT {
    private static final String NOTHING = ask(0);

    private static GatewayStack stack;
    private static GatewayClient gateway;
    private static QuotaTopics topics;

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack = GatewayStack.start(folder);
        gateway = stack.client();
        topics = new QuotaTopics(stack.kafka(), stack.registry());
        HttpResponse<String> prices = gateway.admin(
                "POST",
                "prices",
                "[{\"provider\":\"p\",\"model\":\"m\",\"dimension\":\"input\",\"unit\":\"token\","
                        + "\"unit_price\":\"0.01\",\"currency\":\"USD\",\"effective_from\":\"2026-01-01T00:00:00Z\"}]");
        assertThat(prices.statusCode()).as(prices.body()).isEqualTo(201);
        String key = gateway.key("early", "admission");
        await().until(() -> gateway.ask(key, NOTHING).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        topics.close();
        stack.close();
    }

    @Test
    void aGrantHoldsItsEstimateAndIsInTheTopicWhenItIsAnswered() {
        String key = gateway.key("grant", "admission");
        Quota budget = put(quota("grant-day", "grant", null, "cost", "1", Enforcement.HARD));
        awaitKnown(key, budget);

        HttpResponse<String> response = gateway.ask(key, ask(30));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.path("allowed").booleanValue()).isTrue();
        assertThat(body.path("reservation").asString()).matches("rsv_[0-9a-f]{32}");
        assertThat(body.path("would_deny").size()).isZero();
        JsonNode item = body.path("quotas").get(0);
        assertThat(item.path("id").asString()).isEqualTo("grant-day");
        assertThat(item.path("reserved").asString()).isEqualTo("0.3");
        assertThat(item.path("remaining").asString()).isEqualTo("0.7");
        assertThat(item.path("limit").asString()).isEqualTo("1");
        assertThat(item.path("enforcement").asString()).isEqualTo("hard");
        assertThat(header(response, "ratelimit-policy")).isEqualTo("\"grant-day\";q=1000000;qu=\"micro-USD\";w=86400");
        assertThat(header(response, "ratelimit")).matches("\"grant-day\";r=700000;t=\\d+");

        assertThat(written("grant")).singleElement().satisfies(reservation -> {
            assertThat(reservation.getId()).isEqualTo(body.path("reservation").asString());
            assertThat(reservation.getExpiresAt() - reservation.getGrantedAt()).isEqualTo(600_000_000L);
            assertThat(reservation.getHolds()).singleElement().satisfies(hold -> assertThat(
                            Decimals.fromAvro(hold.getAmount()))
                    .isEqualTo(Decimal.parse("0.3")));
        });
    }

    @Test
    void whatDoesNotFitIsDeniedByTheQuotaThatSaysNo() {
        String key = gateway.key("deny", "admission");
        Quota budget = put(quota("deny-day", "deny", null, "cost", "1", Enforcement.HARD));
        topics.used(budget, "deny", null, "0.95", 1);
        await().until(() ->
                standing(gateway, key, budget).path("used").asString().equals("0.95"));

        HttpResponse<String> response = gateway.ask(key, ask(6));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
        assertThat(Long.parseLong(header(response, "retry-after"))).isBetween(1L, 86_400L);
        assertThat(header(response, "ratelimit")).matches("\"deny-day\";r=50000;t=\\d+");
        JsonNode problem = json(response);
        assertThat(problem.path("code").asString()).isEqualTo("quota_exceeded");
        assertThat(problem.path("quota").asString()).isEqualTo("deny-day");
        assertThat(problem.path("requested").asString()).isEqualTo("0.06");
        assertThat(problem.path("remaining").asString()).isEqualTo("0.05");

        assertThat(gateway.ask(key, ask(5)).statusCode()).isEqualTo(200);
        assertThat(metric("tollgate_admissions_denied_total{code=\"quota_exceeded\"}"))
                .isPositive();
        assertThat(metric("tollgate_admissions_granted_total")).isPositive();
        assertThat(metric("tollgate_admissions_open")).isPositive();
    }

    @Test
    void allQuotasHoldItOrNone() {
        String key = gateway.key("all", "admission");
        Quota budget = put(quota("all-day", "all", null, "cost", "1", Enforcement.HARD));
        Quota rate = put(quota("all-user", "all", "*", "requests", "1", Enforcement.HARD));
        awaitKnown(key, budget);
        await().until(() -> json(gateway.ask(key, asked("x", 0))).path("quotas").size() == 2
                || gateway.ask(key, asked("x", 0)).statusCode() == 429);

        assertThat(gateway.ask(key, asked("a", 10)).statusCode()).isEqualTo(200);
        JsonNode denied = json(gateway.ask(key, asked("a", 10)));
        assertThat(denied.path("quota").asString()).isEqualTo(rate.getId());
        assertThat(denied.path("user").asString()).isEqualTo("a");
        assertThat(json(gateway.ask(key, asked("b", 10)))
                        .path("quotas")
                        .get(0)
                        .path("reserved")
                        .asString())
                .isEqualTo("0.2");
    }

    @Test
    void whatIsGivenBackIsFreeAgain() {
        String key = gateway.key("release", "admission");
        String stranger = gateway.key("stranger", "admission");
        Quota budget = put(quota("release-day", "release", null, "cost", "1", Enforcement.HARD));
        awaitKnown(key, budget);
        String reservation = granted(gateway, key, ask(100));
        assertThat(gateway.ask(key, ask(1)).statusCode()).isEqualTo(429);

        JsonNode open = json(gateway.admission("GET", key, reservation + "?x=1"));
        assertThat(open.path("reservation").asString()).isEqualTo(reservation);
        assertThat(open.path("holds").get(0).path("amount").asString()).isEqualTo("1");
        assertThat(gateway.admission("GET", stranger, reservation).statusCode()).isEqualTo(404);
        assertThat(gateway.admission("DELETE", stranger, reservation).statusCode())
                .isEqualTo(404);

        assertThat(gateway.admission("DELETE", key, reservation).statusCode()).isEqualTo(204);
        assertThat(gateway.admission("DELETE", key, reservation).statusCode()).isEqualTo(404);
        assertThat(gateway.admission("GET", key, reservation).statusCode()).isEqualTo(404);
        assertThat(gateway.ask(key, ask(100)).statusCode()).isEqualTo(200);
        assertThat(gateway.admission("POST", key, reservation).statusCode()).isEqualTo(405);
    }

    @Test
    void whatIsNeitherUsedNorGivenBackExpires() {
        String key = gateway.key("expiry", "admission");
        Quota budget = put(quota("expiry-day", "expiry", null, "cost", "1", Enforcement.HARD));
        awaitKnown(key, budget);
        String reservation = granted(
                gateway, key, "{\"provider\":\"p\",\"model\":\"m\",\"estimate\":{\"input\":100},\"ttl_seconds\":1}");
        assertThat(gateway.ask(key, ask(1)).statusCode()).isEqualTo(429);
        await().until(() -> gateway.ask(key, ask(1)).statusCode() == 200);
        assertThat(gateway.admission("GET", key, reservation).statusCode()).isEqualTo(404);
    }

    /** In either order, and in between it counts once: as reserved until the state has it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void usageGoesFromReservedToUsedInWhicheverOrderTheTopicsAreRead(boolean settlementFirst) {
        String company = "settle-" + settlementFirst;
        String key = gateway.key(company, "admission");
        Quota budget = put(quota(company + "-day", company, null, "cost", "1", Enforcement.HARD));
        awaitKnown(key, budget);
        String reservation = granted(gateway, key, ask(60));
        // The call cost 40 cents in the end, not 60.
        if (settlementFirst) {
            topics.settled(company, 7, reservation, budget);
            await().until(() -> gateway.admission("GET", key, reservation).statusCode() == 404);
            assertThat(standing(gateway, key, budget).path("remaining").asString())
                    .isEqualTo("0.4");
            topics.used(budget, company, null, "0.4", 7);
        } else {
            topics.used(budget, company, null, "0.4", 7);
            await().until(() ->
                    standing(gateway, key, budget).path("used").asString().equals("0.4"));
            assertThat(standing(gateway, key, budget).path("reserved").asString())
                    .isEqualTo("0.6");
            topics.settled(company, 7, reservation, budget);
        }
        await().untilAsserted(() -> {
            JsonNode now = standing(gateway, key, budget);
            assertThat(now.path("used").asString()).isEqualTo("0.4");
            assertThat(now.path("reserved").asString()).isEqualTo("0");
            assertThat(now.path("remaining").asString()).isEqualTo("0.6");
        });
    }

    @Test
    void aGatewayThatStartsAgainKnowsWhatWasGrantedBeforeItAnswers() {
        String key = gateway.key("restart", "admission");
        Quota budget = put(quota("restart-day", "restart", null, "cost", "1", Enforcement.HARD));
        awaitKnown(key, budget);
        String byFirst;
        try (ConfigurableApplicationContext first = another()) {
            GatewayClient client = ready(first, key);
            byFirst = granted(client, key, ask(70));
            // The gateway that was there before hears of it, too.
            await().until(() -> reserved(gateway, key, budget).equals("0.7"));
        }
        String here = granted(gateway, key, ask(10));
        try (ConfigurableApplicationContext second = another()) {
            GatewayClient client = new GatewayClient(GatewayStack.port(second));
            HttpResponse<String> answer =
                    await().until(() -> client.ask(key, ask(21)), response -> response.statusCode() != 503);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
            assertThat(json(answer).path("reserved").asString()).isEqualTo("0.8");

            // Given back there, it is free here.
            assertThat(client.admission("DELETE", key, here).statusCode()).isEqualTo(204);
            assertThat(client.admission("DELETE", key, byFirst).statusCode()).isEqualTo(204);
            await().until(() -> reserved(gateway, key, budget).equals("0"));
        }
    }

    @Test
    void twoHundredAtOnceGetNoMoreThanThereIs() {
        String key = gateway.key("load", "admission");
        Quota budget = put(quota("load-day", "load", null, "cost", "1", Enforcement.HARD));
        awaitKnown(key, budget);
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Integer> cents = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int estimate = 1 + random.nextInt(5);
            cents.add(estimate);
            asked.add(gateway.askLater(key, ask(estimate)));
        }
        int granted = 0;
        int leastDenied = Integer.MAX_VALUE;
        for (int i = 0; i < asked.size(); i++) {
            int status = asked.get(i).join().statusCode();
            assertThat(status).isIn(200, 429);
            if (status == 200) {
                granted += cents.get(i);
            } else {
                leastDenied = Math.min(leastDenied, cents.get(i));
            }
        }
        assertThat(granted).as("granted, seed %d", seed).isLessThanOrEqualTo(100);
        assertThat(granted + leastDenied).as("as many as fit, seed %d", seed).isGreaterThan(100);
        int last = granted;
        assertThat(reserved(gateway, key, budget)).isEqualTo(Decimal.of(last, 2).toString());
        assertThat(written("load").stream()
                        .map(reservation ->
                                Decimals.fromAvro(reservation.getHolds().get(0).getAmount()))
                        .reduce(Decimal.ZERO, Decimal::plus))
                .isEqualTo(Decimal.of(last, 2));
    }

    @Test
    void whoIsBlockedIsDeniedByACodeOfItsOwn() {
        String key = gateway.key("blocked", "admission");
        topics.put(User.newBuilder()
                .setCompany("blocked")
                .setId("eve")
                .setBlocked(true)
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build());
        awaitCode(key, asked("eve", 1), "user_blocked");
        assertThat(gateway.ask(key, asked("adam", 1)).statusCode()).isEqualTo(200);

        change(key, "blocked", ApiKey.newBuilder().setModels(List.of("gpt-*")));
        awaitCode(key, ask(1), "model_not_allowed");

        change(key, "blocked", ApiKey.newBuilder().setModels(List.of("*")).setBlocked(true));
        awaitCode(key, ask(1), "key_blocked");

        assertCode(gateway.ask(gateway.key("scopeless", "ingest"), ask(1)), 403, "scope_missing");
        assertCode(gateway.ask("nobody", ask(1)), 401, "unknown_key");
    }

    @Test
    void aModelWithoutAPriceIsDeniedWhereAHardQuotaCountsCost() {
        String key = gateway.key("unpriced", "admission");
        String other = "{\"provider\":\"p\",\"model\":\"other\",\"estimate\":{\"input\":1}}";
        assertThat(gateway.ask(key, other).statusCode()).isEqualTo(200);
        put(quota("unpriced-day", "unpriced", null, "cost", "1", Enforcement.HARD));
        awaitCode(key, other, "unpriced_model");

        try (ConfigurableApplicationContext lenient = another("--tollgate.admissions.unpriced=admit")) {
            GatewayClient client = ready(lenient, key);
            JsonNode quotas = json(client.ask(key, other)).path("quotas");
            assertThat(quotas.get(0).path("reserved").asString()).isEqualTo("0");
        }
    }

    @Test
    void aShadowQuotaOnlySaysWhatItWouldHaveDone() {
        String key = gateway.key("shadow", "admission");
        put(quota("shadow-day", "shadow", null, "tokens", "10", Enforcement.SHADOW));
        put(quota("soft-day", "shadow", null, "tokens", "10", Enforcement.SOFT));
        await().until(() -> json(gateway.ask(key, ask(0))).path("quotas").size() == 2);
        JsonNode body = json(gateway.ask(key, ask(11)));
        assertThat(body.path("allowed").booleanValue()).isTrue();
        assertThat(body.path("would_deny").get(0).asString()).isEqualTo("shadow-day");
        assertThat(body.path("would_deny").size()).isEqualTo(1);
        assertThat(metric("tollgate_admissions_would_deny_total")).isPositive();
    }

    @Test
    void anEventSaysWhichQuotasWereExceededAndIsTheSameEventAllTheSame() {
        String key = gateway.key("over", "ingest", "admission");
        Quota budget = put(quota("over-day", "over", null, "cost", "1", Enforcement.SOFT));
        awaitKnown(key, budget);
        assertThat(gateway.event(key, "one").statusCode()).isEqualTo(204);
        topics.used(budget, "over", null, "1.01", 1);
        await().until(() ->
                standing(gateway, key, budget).path("used").asString().equals("1.01"));
        assertThat(gateway.event(key, "one").statusCode()).isEqualTo(204);
        HttpRequest.Builder vendor = HttpRequest.newBuilder(gateway.uri("/v1/vendor/generic.images"))
                .POST(BodyPublishers.ofString("{\"images\":1}"))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .header("idempotency-key", "two")
                .header("x-provider", "p")
                .header("x-model", "m");
        assertThat(gateway.send(vendor).statusCode()).isEqualTo(204);

        List<Submission> stored = stack.stored("over");
        assertThat(stored.stream().filter(event -> event.getId().equals("one")).map(Submission::getFingerprint))
                .hasSize(2)
                .satisfies(fingerprints -> assertThat(fingerprints.get(1)).isEqualTo(fingerprints.get(0)));
        assertThat(stored.stream().map(event -> String.valueOf(event.getUsage().getOverQuotas())))
                .containsExactlyInAnyOrder("null", "[over-day]", "[over-day]");
    }

    @Test
    void whatIsWrongInARequestIsSaid() {
        String key = gateway.key("wrong", "admission");
        assertCode(gateway.ask(key, "{\"model\":\"m\"}"), 422, "invalid");
        assertCode(gateway.ask(key, "{"), 400, "unreadable_body");
        assertCode(gateway.ask(key, " ".repeat((64 << 10) + 1)), 413, "body_too_large");
        assertCode(
                gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/admissions"))
                        .POST(BodyPublishers.ofString(NOTHING))
                        .header("authorization", "Bearer " + key)
                        .header("content-type", "text/plain")),
                415,
                "unsupported_media_type");
        assertThat(gateway.get("/v1/admissions").statusCode()).isEqualTo(405);
    }

    @Test
    void aFloodOfOneKeyIsRefusedWhereTheGuardIsSet() {
        String key = gateway.key("flood", "admission", "ingest");
        String other = gateway.key("flood", "ingest");
        try (ConfigurableApplicationContext guarded = another("--tollgate.flood-guard.requests-per-second=2")) {
            GatewayClient client = new GatewayClient(GatewayStack.port(guarded));
            client.awaitReady();
            List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                sent.add(client.askLater(key, NOTHING));
                sent.add(client.eventLater(key, "flood-" + i));
            }
            List<HttpResponse<String>> refused = sent.stream()
                    .map(CompletableFuture::join)
                    .filter(response -> response.statusCode() == 429)
                    .toList();
            assertThat(refused).hasSizeGreaterThan(5).allSatisfy(response -> {
                assertCode(response, 429, "too_many_requests");
                assertThat(header(response, "retry-after")).isEqualTo("1");
            });
            assertThat(client.event(other, "calm").statusCode()).isEqualTo(204);
        }
    }

    private static String ask(int tokens) {
        return "{\"provider\":\"p\",\"model\":\"m\",\"estimate\":{\"input\":" + tokens + "}}";
    }

    private static String asked(String user, int tokens) {
        return "{\"user\":\"" + user + "\"," + ask(tokens).substring(1);
    }

    private static Quota put(Quota quota) {
        topics.put(quota);
        return quota;
    }

    /** Until the gateway knows the quota. */
    private static void awaitKnown(String key, Quota quota) {
        await().until(() -> !standing(gateway, key, quota).isMissingNode());
    }

    /** How a quota stands, by an admission that takes nothing of it. */
    private static JsonNode standing(GatewayClient client, String key, Quota quota) {
        HttpResponse<String> answer = client.ask(key, NOTHING);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        for (JsonNode item : json(answer).path("quotas")) {
            if (item.path("id").asString().equals(quota.getId())) {
                return item;
            }
        }
        return json(answer).path("no such quota");
    }

    private static String reserved(GatewayClient client, String key, Quota quota) {
        return standing(client, key, quota).path("reserved").asString();
    }

    private static String granted(GatewayClient client, String key, String body) {
        HttpResponse<String> answer = client.ask(key, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("reservation").asString();
    }

    /** What was granted of a company and holds anything. */
    private static List<Reservation> written(String company) {
        return stack.read(Topics.QUOTA_RESERVATIONS).stream()
                .map(record -> topics.reservations().decode(record.value()))
                .filter(reservation -> reservation.getCompany().equals(company)
                        && !reservation.getHolds().isEmpty())
                .toList();
    }

    private static ConfigurableApplicationContext another(String... more) {
        return GatewayStack.startGateway(stack.kafka(), stack.registry(), more);
    }

    private static GatewayClient ready(ConfigurableApplicationContext gateway, String key) {
        GatewayClient client = new GatewayClient(GatewayStack.port(gateway));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.ask(key, NOTHING).statusCode() == 200);
        return client;
    }

    /** As an administrator would change the company's one key. */
    private static void change(String secret, String company, ApiKey.Builder to) {
        ApiKey before = stack.read(Topics.CONFIG_KEYS).stream()
                .map(record -> topics.keys().decode(record.value()))
                .filter(key -> key.getCompany().equals(company))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(secret).startsWith(before.getPrefix());
        topics.put(ApiKey.newBuilder(before)
                .setModels(to.getModels())
                .setBlocked(to.hasBlocked() && to.getBlocked())
                .build());
    }

    private static void awaitCode(String key, String body, String code) {
        await().untilAsserted(() -> assertCode(gateway.ask(key, body), 403, code));
    }

    private static void assertCode(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).path("code").asString()).isEqualTo(code);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    private static double metric(String name) {
        return gateway.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }
}
