package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.ConfigVersion;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.gateway.period.PeriodCloser;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who may change what, on two gateways at once, and what the audit keeps of it. */
class AdministratorsIT {
    private static final String QUOTA =
            "{\"scope\":{\"company\":\"%s\"},\"metric\":\"requests\",\"limit\":9,\"period\":\"day\"}";
    private static final String RULE = "{\"scope\":{\"company\":\"*\"},\"kind\":\"unpriced\"}";
    private static final String WEBHOOK = "{\"url\":\"https://example.com/\"}";
    private static final String AUDITOR = "{\"name\":\"Aud\",\"role\":\"auditor\"}";

    private static final Duration SOON = Duration.ofMillis(20);

    private static GatewayStack stack;
    private static ConfigurableApplicationContext second;
    private static GatewayClient gateway;
    private static GatewayClient other;

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack = GatewayStack.start(folder);
        second = GatewayStack.startGateway(stack.kafka(), stack.registry());
        gateway = stack.client();
        other = new GatewayClient(GatewayStack.port(second));
        other.awaitReady();
    }

    @AfterAll
    static void stop() {
        second.close();
        stack.close();
    }

    @Test
    void aRoleDecidesWhatAnAdministratorMayDo() {
        String auditor = admin("role-auditor", "auditor");
        String operator = admin("role-operator", "operator");
        String admin = admin("role-admin", "admin");

        for (String reader : List.of(auditor, operator, admin)) {
            assertThat(status(reader, "GET", "companies", "")).isEqualTo(200);
            assertThat(status(reader, "GET", "admins/role-admin", "")).isEqualTo(200);
            assertThat(status(
                            reader,
                            "POST",
                            "prices/quote",
                            "{\"provider\":\"p\",\"model\":\"m\",\"dimensions\":{\"input\":1}}"))
                    .isEqualTo(200);
        }
        assertCode(gateway.adminAs(auditor, "PUT", "companies/role", "{\"name\":\"r\"}"), 403, "role_missing");
        assertThat(status(operator, "PUT", "companies/role", "{\"name\":\"r\"}"))
                .isEqualTo(201);
        assertCode(gateway.adminAs(operator, "PUT", "admins/role-more", AUDITOR), 403, "role_missing");
        assertCode(gateway.adminAs(operator, "POST", "admins/role-admin/rotate", ""), 403, "role_missing");
        assertThat(status(admin, "PUT", "admins/role-more", AUDITOR)).isEqualTo(201);

        HttpResponse<String> rotated = gateway.adminAs(admin, "POST", "admins/role-operator/rotate", "");
        assertCode(gateway.adminAs(operator, "GET", "companies", ""), 401, "unknown_token");
        String token = json(rotated).path("token").asString();
        assertThat(token).matches("tga_[0-9a-f]{64}");
        assertThat(status(token, "GET", "companies", "")).isEqualTo(200);
        assertThat(gateway.admin("DELETE", "admins/role-operator", "").statusCode())
                .isEqualTo(204);
        assertCode(gateway.adminAs(token, "GET", "companies", ""), 401, "unknown_token");
        assertThat(json(gateway.admin("GET", "admins?role=auditor", "")).path("items"))
                .extracting(item -> item.path("id").asString())
                .contains("role-auditor", "role-more")
                .doesNotContain("role-admin");
        assertThat(gateway.admin("GET", "admins", "").body()).doesNotContain("\"token\"");
    }

    @Test
    void anAdministratorsTimeMayEnd() {
        Instant end = Instant.now().plusMillis(700);
        HttpResponse<String> made = gateway.admin(
                "PUT", "admins/brief", "{\"name\":\"B\",\"role\":\"admin\",\"expires_at\":\"" + end + "\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String token = json(made).path("token").asString();
        await().atMost(Duration.ofSeconds(5)).until(() -> status(token, "GET", "companies", "") == 401);
        assertThat(Instant.now()).isAfterOrEqualTo(end);
        assertCode(gateway.adminAs(token, "GET", "companies", ""), 401, "expired_token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "companies/at-once   | {\"name\":\"n\",\"labels\":{\"a\":\"b\"}}",
                "users/once/u        | {\"labels\":{\"a\":\"b\"}}",
                "keys/at-once        | {\"company\":\"once\",\"name\":\"n\",\"labels\":{\"a\":\"b\"}}",
                "quotas/at-once      | {\"scope\":{\"company\":\"once\"},\"metric\":\"requests\",\"limit\":1,\"period\":\"day\"}",
                "webhooks/at-once    | {\"url\":\"https://example.com/\"}",
                "alert-rules/at-once | {\"scope\":{\"company\":\"*\"},\"kind\":\"unpriced\"}",
                "admins/at-once      | {\"name\":\"n\",\"role\":\"auditor\"}",
            })
    void whatIsAnsweredIsReadableAtOnceWhereItWasWritten(String path, String body) {
        gateway.admin("PUT", "companies/once", "{\"name\":\"once\"}");
        for (GatewayClient either : List.of(other, gateway)) {
            HttpResponse<String> made = either.admin("PUT", path, body);
            assertThat(made.statusCode()).as(made.body()).isIn(200, 201);
            assertThat(view(either, path)).isEqualTo(withoutSecrets(made));
            String list = path.substring(0, path.indexOf('/'));
            assertThat(json(either.admin("GET", list + "?limit=1000", "")).path("items"))
                    .contains(withoutSecrets(made));
            if (!list.equals("keys")) {
                assertThat(either.admin("DELETE", path, "").statusCode()).isEqualTo(204);
                assertThat(either.admin("GET", path, "").statusCode()).isEqualTo(404);
            }
        }
    }

    @Test
    void aKeyIsNamedByPutAndKeepsItsSecretThroughChanges() {
        gateway.admin("PUT", "companies/named", "{\"name\":\"n\"}");
        String body = "{\"company\":\"named\",\"name\":\"n\",\"scopes\":[\"ingest\"],\"labels\":{\"team\":\"search\"}}";
        HttpResponse<String> made = gateway.admin("PUT", "keys/named-key", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String secret = json(made).path("secret").asString();
        assertThat(accepts(secret)).isTrue();
        assertThat(gateway.admin(
                                "PUT",
                                "keys/named-key",
                                gateway.admin("GET", "keys/named-key", "").body())
                        .headers()
                        .firstValue("etag"))
                .contains("\"1\"");
        HttpResponse<String> changed = gateway.admin("PUT", "keys/named-key", body.replace("search", "ads"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(changed.body()).doesNotContain("\"secret\"");
        assertThat(accepts(secret)).isTrue();
        assertThat(gateway.admin("PUT", "keys/named-key", body.replace("\"named\"", "\"once\""))
                        .statusCode())
                .isEqualTo(422);

        JsonNode rotated = json(gateway.admin("POST", "keys/named-key/rotate?overlap_hours=2", ""));
        assertThat(rotated.path("old_secret_until").isString()).isTrue();
        String newer = rotated.path("secret").asString();
        assertThat(accepts(secret)).isTrue();
        assertThat(accepts(newer)).isTrue();
        assertCode(gateway.admin("POST", "keys/named-key/rotate?overlap_hour=2", ""), 400, "invalid_parameter");
        assertThat(ids("keys?label=team:ads")).containsExactly("named-key");
        assertThat(ids("keys?company=named&state=active&prefix=" + newer.substring(0, 8)))
                .containsExactly("named-key");
        assertThat(ids("keys?company=named&state=revoked")).isEmpty();

        String newest = json(gateway.admin("POST", "keys/named-key/rotate", ""))
                .path("secret")
                .asString();
        assertThat(accepts(secret)).isFalse();
        assertThat(accepts(newer)).isFalse();
        gateway.admin("POST", "keys/named-key/rotate?overlap_hours=168", "");
        assertThat(accepts(newest)).isTrue();
        assertThat(gateway.admin("DELETE", "keys/named-key", "").statusCode()).isEqualTo(204);
        assertThat(accepts(newest)).isFalse();
        assertThat(ids("keys?company=named&state=revoked")).containsExactly("named-key");
        assertThat(gateway.admin("PUT", "keys/named-key", body).body()).contains("revoked_key");
    }

    /** Read, add one, write if nobody else did: from four administrators on two gateways, chosen at random. */
    @Test
    void twoAdministratorsNeverLoseAChange() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("AdministratorsIT seed " + seed);
        int administrators = 4;
        int each = 4;
        gateway.admin("PUT", "companies/counter", "{\"name\":\"c\",\"labels\":{\"sum\":\"0\"}}");
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger unanswered = new AtomicInteger();
        CompletableFuture<?>[] all = IntStream.range(0, administrators)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> count("by-" + number, each, new Random(seed + number), refused, unanswered)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
        System.out.println("refused with 412: " + refused + ", not acknowledged: " + unanswered);

        int total = administrators * each;
        JsonNode counted = json(gateway.admin("GET", "companies/counter", ""));
        assertThat(counted.at("/labels/sum").asInt()).isEqualTo(total);
        assertThat(counted.path("version").asInt()).isEqualTo(total + 1);
        List<AuditEntry> entries = audit(entry -> entry.getId().equals("counter"));
        assertThat(entries).hasSize(total + 1);
        @Nullable JsonNode before = null;
        for (AuditEntry entry : entries) {
            assertThat(tree(entry.getBefore())).isEqualTo(before);
            before = tree(entry.getAfter());
        }
        assertThat(before).isEqualTo(counted);
        assertVersionsAreDense();
    }

    @Test
    void withoutIfMatchTheLastOneWinsAndBothAreInTheAudit() {
        gateway.admin("PUT", "companies/both", "{\"name\":\"0\"}");
        CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> insistOn(gateway, "1"));
        CompletableFuture<Integer> two = CompletableFuture.supplyAsync(() -> insistOn(other, "2"));
        assertThat(List.of(one.join(), two.join())).containsExactly(200, 200);

        List<AuditEntry> entries = audit(entry -> entry.getId().equals("both"));
        assertThat(entries).hasSize(3);
        assertThat(List.of(name(entries.get(1).getAfter()), name(entries.get(2).getAfter())))
                .containsExactlyInAnyOrder("1", "2");
        assertThat(tree(entries.get(2).getBefore()))
                .isEqualTo(tree(entries.get(1).getAfter()));
        // The other gateway has read to the end by its next decision at the latest.
        assertThat(insistOn(gateway, name(entries.get(2).getAfter()))).isEqualTo(200);
        assertThat(view(gateway, "companies/both"))
                .isEqualTo(tree(entries.get(2).getAfter()));
    }

    @Test
    void aMonthIsClosedOnceByWhoeverIsFirstAndForGood() {
        assertCode(gateway.admin("GET", "periods/2021-02", ""), 404, "not_found");
        assertCode(gateway.admin("POST", "periods/2999-01/close", ""), 409, "period_not_ended");
        assertCode(gateway.admin("POST", "periods/2021-2/close", ""), 422, "invalid");
        String key = gateway.key("periods", "ingest");
        assertThat(gateway.event(key, "before").statusCode()).isEqualTo(204);
        String before = json(gateway.admin("GET", "versions?limit=1", ""))
                .at("/items/0/number")
                .asString();

        Clock afterGrace = Clock.fixed(Instant.parse("2021-03-06T00:00:00Z"), ZoneOffset.UTC);
        Connector there = second.getBean(Connector.class);
        try (PeriodCloser one = new PeriodCloser(stack.connector(), afterGrace, Duration.ofDays(5), SOON);
                PeriodCloser two = new PeriodCloser(there, afterGrace, Duration.ofDays(5), SOON)) {
            one.start();
            two.start();
            await().until(() -> gateway.admin("GET", "periods/2021-02", "").statusCode() == 200
                    && other.admin("GET", "periods/2021-02", "").statusCode() == 200);
        }
        JsonNode february = json(gateway.admin("GET", "periods/2021-02", ""));
        assertThat(february.path("end_offsets")).hasSize(3);
        assertThat(ends(february)).isEqualTo(stack.read(Topics.USAGE_EVENTS).size());
        assertThat(json(other.admin("GET", "periods/2021-01", ""))
                        .path("closed_with")
                        .asString())
                .isEqualTo("2021-02");

        assertThat(gateway.event(key, "after").statusCode()).isEqualTo(204);
        assertThat(json(other.admin("POST", "periods/2021-02/close", ""))).isEqualTo(february);
        CompletableFuture<JsonNode> here = CompletableFuture.supplyAsync(() -> insistOnClosing(gateway, "2021-05"));
        JsonNode may = insistOnClosing(other, "2021-05");
        assertThat(here.join()).isEqualTo(may);
        assertThat(ends(may)).isEqualTo(stack.read(Topics.USAGE_EVENTS).size());

        List<AuditEntry> entries = audit(entry -> entry.getKind().equals("period"));
        assertThat(entries).extracting(AuditEntry::getId).containsExactly("2021-02", "2021-05");
        assertThat(entries.get(0).getActor()).isEqualTo(new Actor(ActorKind.SYSTEM, "grace of periods", null, null));
        assertThat(tree(entries.get(0).getAfter())).isEqualTo(february);
        HttpResponse<String> restored = gateway.admin("POST", "versions/" + before + "/restore", "");
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(json(gateway.admin("GET", "periods", "")).path("items")).containsExactly(february, may);
    }

    private static long ends(JsonNode period) {
        return period.path("end_offsets")
                .valueStream()
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    /** Sends it again where the gateways took the writer from each other too often. */
    private static JsonNode insistOnClosing(GatewayClient either, String month) {
        HttpResponse<String> answer;
        do {
            answer = either.admin("POST", "periods/" + month + "/close", "");
        } while (answer.statusCode() == 503);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return json(answer);
    }

    /**
     * A change, and what the audit is to say of it.
     *
     * @param id null: the answer tells it
     */
    private record Change(String method, String path, String body, String action, String kind, @Nullable String id) {
        /** Where what it changes is read; null: it is not compared. */
        @Nullable
        String readAt() {
            String plain = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
            return id == null || kind.equals("price") ? null : plain.replaceAll("/(rotate|block|unblock|reset)$", "");
        }
    }

    /** A change that was made, with what was read before it and after it. */
    private record Done(
            Change change, String id, @Nullable JsonNode before, @Nullable JsonNode after, boolean isCompared) {}

    private static List<Change> everyKindOfChange() {
        return List.of(
                new Change("PUT", "companies/audit", "{\"name\":\"A\"}", "created", "company", "audit"),
                new Change("PUT", "companies/audit", "{\"name\":\"B\"}", "replaced", "company", "audit"),
                new Change("PUT", "users/audit/u", "{}", "created", "user", "audit/u"),
                new Change("PUT", "users/audit/u", "{\"blocked\":true}", "replaced", "user", "audit/u"),
                new Change("POST", "keys", "{\"company\":\"audit\",\"name\":\"k\"}", "created", "key", null),
                new Change(
                        "PUT", "keys/audit-k", "{\"company\":\"audit\",\"name\":\"k\"}", "created", "key", "audit-k"),
                new Change(
                        "PUT", "keys/audit-k", "{\"company\":\"audit\",\"name\":\"l\"}", "replaced", "key", "audit-k"),
                new Change("POST", "keys/audit-k/block", "", "blocked", "key", "audit-k"),
                new Change("POST", "keys/audit-k/unblock", "", "unblocked", "key", "audit-k"),
                new Change("POST", "keys/audit-k/rotate?overlap_hours=1", "", "rotated", "key", "audit-k"),
                new Change("DELETE", "keys/audit-k", "", "revoked", "key", "audit-k"),
                new Change("PUT", "quotas/audit-q", QUOTA.formatted("audit"), "created", "quota", "audit-q"),
                new Change("POST", "quotas/audit-q/reset", "{\"reason\":\"r\"}", "reset", "quota", "audit-q"),
                new Change("DELETE", "quotas/audit-q", "", "deleted", "quota", "audit-q"),
                new Change("PUT", "webhooks/audit-w", WEBHOOK, "created", "webhook", "audit-w"),
                new Change("POST", "webhooks/audit-w/rotate", "", "rotated", "webhook", "audit-w"),
                new Change("DELETE", "webhooks/audit-w", "", "deleted", "webhook", "audit-w"),
                new Change("PUT", "alert-rules/audit-r", RULE, "created", "alert_rule", "audit-r"),
                new Change("DELETE", "alert-rules/audit-r", "", "deleted", "alert_rule", "audit-r"),
                new Change("PUT", "admins/audit-a", AUDITOR, "created", "admin", "audit-a"),
                new Change("POST", "admins/audit-a/rotate", "", "rotated", "admin", "audit-a"),
                new Change("DELETE", "admins/audit-a", "", "deleted", "admin", "audit-a"),
                new Change(
                        "POST",
                        "prices",
                        "[{\"provider\":\"p\",\"model\":\"audited\",\"dimension\":\"input\",\"unit\":\"token\","
                                + "\"unit_price\":\"1\",\"currency\":\"USD\",\"effective_from\":null}]",
                        "created",
                        "price",
                        "p/audited"),
                new Change(
                        "POST", "reratings", "{\"company\":\"audit\",\"dry_run\":true}", "created", "rerating", null),
                new Change("DELETE", "users/audit/u", "", "deleted", "user", "audit/u"),
                new Change("DELETE", "companies/audit", "", "deleted", "company", "audit"));
    }

    @Test
    void theAuditSaysWhoWhenFromWhereAndWhatAndHoldsNoSecret() {
        String token = admin("audit-ann", "admin");
        long begun = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        List<String> secrets = new ArrayList<>(List.of(token, GatewayStack.ADMIN_TOKEN));
        List<Change> changes = everyKindOfChange();
        List<Done> done = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            String at = change.readAt();
            JsonNode before = at == null ? null : view(gateway, at);
            HttpResponse<String> answer =
                    gateway.adminAs(token, change.method(), change.path(), change.body(), "x-request-id", "audit-" + i);
            assertThat(answer.statusCode()).as("%s %s", change, answer.body()).isIn(200, 201, 202, 204);
            JsonNode body = answer.body().isEmpty() ? null : json(answer);
            if (body != null) {
                secrets.addAll(List.of(
                        body.path("secret").asString(token), body.path("token").asString(token)));
            }
            String id = change.id() == null
                    ? Objects.requireNonNull(body).path("id").asString()
                    : change.id();
            done.add(new Done(change, id, before, at == null ? null : view(gateway, at), at != null));
        }
        long ended = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        List<AuditEntry> entries =
                audit(entry -> "audit-ann".equals(entry.getActor().getId()));
        assertThat(entries).hasSameSizeAs(done);
        for (int i = 0; i < done.size(); i++) {
            AuditEntry entry = entries.get(i);
            Done expected = done.get(i);
            assertThat(entry.getActor()).isEqualTo(new Actor(ActorKind.ADMIN, "audit-ann", "127.0.0.1", "audit-" + i));
            assertThat(entry.getAt()).isBetween(begun, ended);
            assertThat(List.of(entry.getAction(), entry.getKind(), entry.getId()))
                    .containsExactly(
                            expected.change().action(), expected.change().kind(), expected.id());
            if (expected.isCompared()) {
                assertThat(tree(entry.getBefore())).as("%s", entry).isEqualTo(expected.before());
                assertThat(tree(entry.getAfter())).as("%s", entry).isEqualTo(expected.after());
            } else {
                assertThat(entry.getBefore()).isNull();
                assertThat(entry.getAfter()).isNotNull();
            }
        }
        assertThat(secrets.stream().filter(secret -> !secret.equals(token)).toList())
                .hasSizeGreaterThanOrEqualTo(8);
        for (ConsumerRecord<byte[], byte[]> record : stack.read(Topics.AUDIT_LOG)) {
            String text = new String(record.value(), ISO_8859_1);
            for (String secret : secrets) {
                byte[] hash = ApiKeys.hash(secret);
                assertThat(text)
                        .doesNotContain(secret)
                        .doesNotContain(new String(hash, ISO_8859_1))
                        .doesNotContain(HexFormat.of().formatHex(hash))
                        .doesNotContain(Base64.getEncoder().encodeToString(hash));
            }
        }
        assertVersionsAreDense();
    }

    /** Adds to a sum, and to a count of one's own that tells whether a write that nobody answered is there. */
    private static void count(String own, int times, Random random, AtomicInteger refused, AtomicInteger unanswered) {
        for (int done = 0; done < times; ) {
            GatewayClient either = random.nextBoolean() ? gateway : other;
            HttpResponse<String> read = either.admin("GET", "companies/counter", "");
            if (read.statusCode() == 404) {
                // It was made on the other gateway a moment ago.
                continue;
            }
            ObjectNode company = (ObjectNode) json(read);
            ObjectNode labels = (ObjectNode) company.path("labels");
            if (labels.path(own).asInt(0) > done) {
                done++;
                continue;
            }
            labels.put("sum", Integer.toString(labels.path("sum").asInt() + 1));
            labels.put(own, Integer.toString(done + 1));
            HttpResponse<String> written = either.admin(
                    "PUT",
                    "companies/counter",
                    company.toString(),
                    "if-match",
                    read.headers().firstValue("etag").orElseThrow());
            switch (written.statusCode()) {
                case 200 -> done++;
                case 412 -> refused.incrementAndGet();
                case 503 -> unanswered.incrementAndGet();
                default -> throw new IllegalStateException(written.body());
            }
        }
    }

    /** Sends it again where the gateways took the writer from each other too often. */
    private static int insistOn(GatewayClient either, String name) {
        HttpResponse<String> answer;
        do {
            answer = either.admin("PUT", "companies/both", "{\"name\":\"" + name + "\"}");
        } while (answer.statusCode() == 503);
        return answer.statusCode();
    }

    /** The first is 1, and each is one more than the last: none is missing, and none is there twice. */
    private static void assertVersionsAreDense() {
        List<Long> numbers = AdministratorsIT.<ConfigVersion>records(Topics.CONFIG_VERSIONS).stream()
                .map(ConfigVersion::getNumber)
                .toList();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, numbers.size()).boxed().toList());
        TreeMap<Long, Integer> entries = new TreeMap<>();
        audit(entry -> true).forEach(entry -> entries.merge(entry.getVersion(), 1, Integer::sum));
        TreeMap<Long, Integer> said = new TreeMap<>();
        AdministratorsIT.<ConfigVersion>records(Topics.CONFIG_VERSIONS)
                .forEach(version -> said.put(version.getNumber(), version.getChanges()));
        assertThat(entries).isEqualTo(said);
    }

    private static List<AuditEntry> audit(Function<AuditEntry, Boolean> wanted) {
        return AdministratorsIT.<AuditEntry>records(Topics.AUDIT_LOG).stream()
                .filter(wanted::apply)
                .toList();
    }

    private static <V extends SpecificRecord> List<V> records(Topic topic) {
        AvroCodec<V> codec = AvroCodec.of(topic, new SchemaRegistry(stack.registry()));
        return stack.read(topic).stream()
                .map(record -> codec.decode(record.value()))
                .toList();
    }

    private static String admin(String id, String role) {
        HttpResponse<String> made =
                gateway.admin("PUT", "admins/" + id, "{\"name\":\"" + id + "\",\"role\":\"" + role + "\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return json(made).path("token").asString();
    }

    private static int status(String token, String method, String path, String body) {
        return gateway.adminAs(token, method, path, body).statusCode();
    }

    private static boolean accepts(String secret) {
        return gateway.events(secret, "application/json", "[]").statusCode() == 204;
    }

    private static List<String> ids(String list) {
        List<String> ids = new ArrayList<>();
        json(gateway.admin("GET", list, ""))
                .path("items")
                .forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    /** What is read there; null: nothing. */
    private static @Nullable JsonNode view(GatewayClient either, String path) {
        HttpResponse<String> read = either.admin("GET", path, "");
        return read.statusCode() == 404 ? null : json(read);
    }

    private static JsonNode withoutSecrets(HttpResponse<String> answer) {
        ObjectNode shown = (ObjectNode) json(answer);
        shown.remove(List.of("secret", "token"));
        return shown;
    }

    private static @Nullable JsonNode tree(@Nullable String json) {
        return json == null ? null : JsonMapper.shared().readTree(json);
    }

    private static String name(@Nullable String json) {
        return Objects.requireNonNull(tree(json)).path("name").asString();
    }

    private static void assertCode(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).path("code").asString()).isEqualTo(code);
    }
}
