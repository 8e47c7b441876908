package io.tollgate.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.avro.Admin;
import io.tollgate.avro.AdminRole;
import io.tollgate.avro.Alert;
import io.tollgate.avro.Webhook;
import io.tollgate.avro.WebhookStyle;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.LocalReceiver.Behaviour;
import io.tollgate.sink.LocalReceiver.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Alerts from the topic to receivers that succeed, fail, hang and lie. Each test has a company and a webhook of its own. */
class WebhookIT {
    private static final SinkStack STACK = SinkStack.shared();
    private static final String SECRET = "the secret of the receiver";
    private static final String ADMIN = "secret-of-the-admin";
    private static final Behaviour OK = LocalReceiver.status("204 No Content");
    private static LocalReceiver receiver;
    private static ConfigurableApplicationContext sink;

    @BeforeAll
    static void start() throws IOException {
        receiver = new LocalReceiver();
        sink = startSink();
        awaitUp(sink);
    }

    @AfterAll
    static void stop() throws IOException {
        sink.close();
        receiver.close();
    }

    private static ConfigurableApplicationContext startSink() {
        return STACK.startSink(
                "webhooks",
                "--tollgate.webhooks.allow-private=true",
                "--tollgate.webhooks.timeout=2s",
                "--tollgate.admin-token=" + ADMIN);
    }

    private static void awaitUp(ConfigurableApplicationContext started) {
        SinkHealthIndicator health = started.getBean(SinkHealthIndicator.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> health.health().getStatus().equals(Status.UP));
    }

    private static void save(Webhook webhook) {
        STACK.send(
                Topics.CONFIG_WEBHOOKS,
                webhook.getId().getBytes(StandardCharsets.UTF_8),
                STACK.codecs.webhooks().encode(webhook));
        STACK.flush();
    }

    private static void webhook(String name, Behaviour behaviour) {
        save(AlertRecords.webhook(name, receiver.at("/" + name, behaviour), SECRET));
    }

    private static void raise(Alert alert) {
        STACK.send(
                Topics.COST_ALERTS,
                alert.getCompany().getBytes(StandardCharsets.UTF_8),
                STACK.codecs.alerts().encode(alert));
        STACK.flush();
    }

    /** One alert to the webhook of the company's name. */
    private static void raise(String company) {
        raise(AlertRecords.alert(company, company + "-1", company));
    }

    private static String deliveries(String columns, String webhook) {
        return "SELECT string_agg(" + columns + ", ',' ORDER BY alert_id) FROM webhooks.alert_deliveries"
                + " WHERE webhook = '" + webhook + "'";
    }

    private static String attempts(String columns, String webhook) {
        return "SELECT string_agg(" + columns + ", ',' ORDER BY begun_at) FROM webhooks.alert_delivery_attempts"
                + " JOIN webhooks.alert_deliveries ON id = delivery_id WHERE webhook = '" + webhook + "'";
    }

    private static void execute(String statement) {
        try (Connection connection = STACK.postgres.connect();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private static void awaitRequests(String path, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(
                        () -> assertThat(receiver.requests(path)).as(path).hasSize(count));
    }

    /** As a receiver does it: docs/webhooks.md has the same steps. */
    private static boolean isSignedBy(Request request, String secret) throws GeneralSecurityException {
        String signed = request.id() + "." + request.header("webhook-timestamp") + "." + request.body();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String expected =
                "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        return List.of(request.header("webhook-signature").split(" ")).contains(expected);
    }

    @Test
    void anAlertIsReceivedOnceAndBothItsSecretsVerifyIt() throws GeneralSecurityException {
        save(AlertRecords.webhook("rotated", receiver.at("/rotated", OK), "the new one", "the old one"));
        raise("rotated");
        awaitRequests("/rotated", 1);
        STACK.awaitQuery(deliveries("state || ' ' || attempts || ' ' || last_status", "rotated"), "delivered 1 204");

        Request request = receiver.requests("/rotated").get(0);
        assertThat(isSignedBy(request, "the new one")).isTrue();
        assertThat(isSignedBy(request, "the old one")).isTrue();
        assertThat(isSignedBy(request, "another")).isFalse();
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(Long.parseLong(request.header("webhook-timestamp")))
                .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond() + 1);
        assertThat(request.body()).startsWith("{\"type\":\"tollgate.alert.fired\",\"timestamp\":\"");
        assertThat(STACK.query(deliveries("id", "rotated")))
                .isEqualTo(request.id())
                .startsWith("msg_");
        MeterRegistry meters = sink.getBean(MeterRegistry.class);
        assertThat(meters.get("tollgate.webhook.attempts")
                        .tag("state", "delivered")
                        .counter()
                        .count())
                .isPositive();
        assertThat(meters.get("tollgate.webhook.delay").timer().max(TimeUnit.SECONDS))
                .isBetween(0.001, 60.0);
        assertThat(STACK.query("SELECT concat_ws('|', rule, kind, resolved, number, late, quota, metric, currency,"
                        + " threshold, value, used, quota_limit, webhooks, user_id IS NULL)"
                        + " FROM webhooks.cost_alerts WHERE company = 'rotated'"))
                .isEqualTo("spend|quota_share|f|1|f|acme-month|cost|USD|50|50.0001|250.0005|500|{rotated}|t");
    }

    @Test
    void anAlertThatComesAgainIsWrittenAndSentOnce() {
        webhook("again", OK);
        raise("again");
        raise("again");
        raise(AlertRecords.alert("again", "again-2", "again", "again"));
        awaitRequests("/again", 2);

        STACK.awaitQuery(deliveries("alert_id || ' ' || state", "again"), "again-1 delivered,again-2 delivered");
        assertThat(receiver.requests("/again")).hasSize(2);
    }

    @Test
    void slackGetsASentence() throws GeneralSecurityException {
        save(Webhook.newBuilder(AlertRecords.webhook("slack", receiver.at("/slack", OK), SECRET))
                .setStyle(WebhookStyle.SLACK)
                .build());
        raise("slack");
        awaitRequests("/slack", 1);

        Request request = receiver.requests("/slack").get(0);
        assertThat(request.body()).startsWith("{\"text\":\"slack: 50.0001 % of quota acme-month is used");
        assertThat(isSignedBy(request, SECRET)).isTrue();
    }

    @Test
    void aReceiverThatFailsAtFirstGetsTheSameMessageAgain() throws GeneralSecurityException {
        webhook("fails", (number, out) -> {
            String body = "<html>" + "no".repeat(400);
            LocalReceiver.raw(
                    out,
                    number == 1
                            ? "HTTP/1.1 500 Oh\r\nContent-Length: " + body.length() + "\r\n\r\n" + body
                            : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        raise("fails");
        awaitRequests("/fails", 2);
        STACK.awaitQuery(deliveries("state || ' ' || attempts || ' ' || last_status", "fails"), "delivered 2 200");

        List<Request> requests = receiver.requests("/fails");
        assertThat(requests.get(1).id()).isEqualTo(requests.get(0).id());
        assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
        assertThat(isSignedBy(requests.get(1), SECRET)).isTrue();
        assertThat(Duration.ofNanos(requests.get(1).nanos() - requests.get(0).nanos()))
                .isBetween(Duration.ofMillis(990), Duration.ofSeconds(15));
        assertThat(STACK.query(attempts("status || ' ' || coalesce(length(error) || left(error, 8), '-')", "fails")))
                .isEqualTo("500 200<html>no,200 -");
    }

    /** What a receiver does, what the first attempt comes to, and in which state the delivery is then. */
    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of("hangs", (Behaviour) (number, out) -> Thread.sleep(10_000), "0 no answer within 2000 ms"),
                Arguments.of(
                        "cuts", (Behaviour) (number, out) -> {}, "0 Connection prematurely closed BEFORE response"),
                Arguments.of(
                        "nonsense",
                        (Behaviour) (number, out) -> LocalReceiver.raw(out, "220 smtp ready\r\n\r\n"),
                        "0 invalid version format: 220"),
                Arguments.of(
                        "shortened",
                        (Behaviour) (number, out) ->
                                LocalReceiver.raw(out, "HTTP/1.1 503 No\r\nContent-Length: 100\r\n\r\nhalf"),
                        "503 "),
                Arguments.of(
                        "drips",
                        (Behaviour) (number, out) -> {
                            LocalReceiver.raw(out, "HTTP/1.1 200 OK\r\n");
                            for (int i = 0; i < 100; i++) {
                                LocalReceiver.raw(out, "X-More-" + i + ": still here\r\n");
                                Thread.sleep(100);
                            }
                        },
                        "0 no answer within 2000 ms"),
                Arguments.of(
                        "floods",
                        (Behaviour) (number, out) -> {
                            LocalReceiver.raw(out, "HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n");
                            while (true) {
                                LocalReceiver.raw(out, "3e8\r\n" + "f".repeat(1_000) + "\r\n");
                            }
                        },
                        "400 ffffff"),
                Arguments.of(
                        "redirects", LocalReceiver.status("307 Temporary Redirect", "Location: /elsewhere"), "307 "));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void whoDoesNotAnswerWellIsAskedAgain(String name, Behaviour behaviour, String first) {
        webhook(name, behaviour);
        raise(name);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        STACK.query(attempts("coalesce(status, 0) || ' ' || error", name)))
                .startsWith(first));

        assertThat(STACK.query(deliveries(
                        "state || ' ' || (next_attempt_at > now() - interval '10 s')"
                                + " || ' ' || (length(last_error) <= 200)",
                        name)))
                .isEqualTo("pending true true");
        assertThat(receiver.requests("/elsewhere")).isEmpty();
        execute("UPDATE webhooks.alert_deliveries SET state = 'failed' WHERE webhook = '" + name + "'");
    }

    @Test
    void a200CountsWhateverItsBodyIs() {
        webhook("half", (number, out) -> LocalReceiver.raw(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
        raise("half");

        STACK.awaitQuery(deliveries("state || ' ' || attempts", "half"), "delivered 1");
        assertThat(receiver.requests("/half")).hasSize(1);
    }

    @Test
    void whoIsGoneIsNotAskedAgainAndWhoIsBusyLater() {
        webhook("gone", LocalReceiver.status("410 Gone"));
        webhook("busy", LocalReceiver.status("429 Too Many Requests", "Retry-After: 3600"));
        raise("gone");
        raise("busy");

        STACK.awaitQuery(deliveries("state || ' ' || attempts || ' ' || last_status", "gone"), "failed 1 410");
        STACK.awaitQuery(
                deliveries("state || ' ' || round(extract(epoch FROM next_attempt_at - updated_at) / 60)", "busy"),
                "pending 60");
    }

    @Test
    void whatIsNotToBeSentIsRefusedAndSaysWhy() {
        String url = receiver.at("/refused", OK);
        save(Webhook.newBuilder(AlertRecords.webhook("disabled", url, SECRET))
                .setEnabled(false)
                .build());
        save(Webhook.newBuilder(AlertRecords.webhook("bound", url, SECRET))
                .setCompany("globex")
                .build());
        raise(AlertRecords.alert("acme", "refused-1", "disabled", "bound", "nowhere"));
        raise(AlertRecords.alert("globex", "refused-2", "bound"));

        STACK.awaitQuery(deliveries("state || ': ' || last_error", "disabled"), "refused: the webhook is disabled");
        STACK.awaitQuery(deliveries("state || ' ' || attempts", "bound"), "refused 1,delivered 1");
        STACK.awaitQuery(
                deliveries("state || ': ' || last_error", "nowhere"), "refused: there is no webhook of this name");
        assertThat(receiver.requests("/refused")).hasSize(1);
    }

    @Test
    void aReceiverThatHangsHoldsUpNeitherAnotherNorTheBooks() {
        CountDownLatch released = new CountDownLatch(1);
        webhook("slow", (number, out) -> {
            boolean ignored = released.await(20, TimeUnit.SECONDS);
        });
        webhook("fast", OK);
        for (int i = 0; i < 20; i++) {
            raise(AlertRecords.alert("slow", "slow-" + i, "slow"));
        }
        awaitRequests("/slow", 4);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long begun = System.nanoTime();
            raise(AlertRecords.alert("fast", "fast-" + i, "fast"));
            awaitRequests("/fast", i + 1);
            waits.add(receiver.requests("/fast").get(i).nanos() - begun);
        }
        released.countDown();
        waits.sort(null);
        System.out.printf(
                "alert's record to webhook received: median %d ms, worst of 50 %d ms%n",
                waits.get(25) / 1_000_000, waits.get(49) / 1_000_000);

        assertThat(Duration.ofNanos(waits.get(25))).isLessThan(Duration.ofMillis(500));
        assertThat(STACK.query(deliveries("DISTINCT state", "fast").replace("ORDER BY alert_id", "")))
                .isIn("delivered", "delivered,pending");
        execute("UPDATE webhooks.alert_deliveries SET state = 'failed' WHERE webhook = 'slow'");
    }

    @Test
    void sinksThatComeAndGoLoseNoAlertAndRepeatOnlyUnderTheSameId() {
        webhook("restarted", (number, out) -> {
            Thread.sleep(200);
            LocalReceiver.raw(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        int alerts = 120;
        try (ConfigurableApplicationContext second = startSink()) {
            awaitUp(second);
            IntStream.range(0, alerts)
                    .forEach(i -> raise(AlertRecords.alert("restarted", "restarted-" + i, "restarted")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> receiver.requests("/restarted").size() > 20);
        }
        sink.close();
        sink = startSink();
        STACK.awaitQuery(
                "SELECT count(*) FILTER (WHERE state = 'delivered') || ' ' || count(*)"
                        + " FROM webhooks.alert_deliveries WHERE webhook = 'restarted'",
                alerts + " " + alerts);

        Set<String> ids =
                receiver.requests("/restarted").stream().map(Request::id).collect(Collectors.toSet());
        assertThat(ids).hasSize(alerts);
        assertThat(receiver.requests("/restarted").size()).isLessThan(alerts + 20);
    }

    @Test
    void whatASinkDiedOverIsDueWhenItsLeaseEnds() {
        webhook("leased", OK);
        execute("INSERT INTO webhooks.cost_alerts (id, rule, kind, resolved, number, late, company, metric, threshold,"
                + " value, window_start, window_end, webhooks, raised_at) VALUES ('leased-1', 'r', 'spend', false, 1,"
                + " false, 'leased', 'cost', 1, 2, now(), now(), '{leased}', now())");
        execute("INSERT INTO webhooks.alert_deliveries (id, alert_id, webhook, company, attempts, next_attempt_at)"
                + " VALUES ('msg_leased', 'leased-1', 'leased', 'leased', 1, now() + interval '2 s')");

        STACK.awaitQuery(deliveries("state || ' ' || attempts", "leased"), "delivered 2");
        assertThat(receiver.requests("/leased")).extracting(Request::id).containsExactly("msg_leased");
    }

    @Test
    void whatWasNotAttemptedInItsTimeIsGivenUp() {
        webhook("late", OK);
        execute("INSERT INTO webhooks.cost_alerts (id, rule, kind, resolved, number, late, company, metric, threshold,"
                + " value, window_start, window_end, webhooks, raised_at) VALUES ('late-1', 'r', 'spend', false, 1,"
                + " false, 'late', 'cost', 1, 2, now(), now(), '{late}', now())");
        execute("INSERT INTO webhooks.alert_deliveries (id, alert_id, webhook, company, give_up_at)"
                + " VALUES ('msg_late', 'late-1', 'late', 'late', now() - interval '1 s')");

        STACK.awaitQuery(deliveries("state || ': ' || last_error", "late"), "failed: not attempted within three days");
        assertThat(receiver.requests("/late")).isEmpty();
    }

    @Test
    void aDeliveryIsAskedForAgainByHand() throws IOException, InterruptedException {
        webhook(
                "byhand",
                (number, out) -> LocalReceiver.raw(
                        out, "HTTP/1.1 " + (number == 1 ? "410 Gone" : "200 OK") + "\r\nContent-Length: 0\r\n\r\n"));
        raise("byhand");
        STACK.awaitQuery(deliveries("state", "byhand"), "failed");
        String id = STACK.query(deliveries("id", "byhand"));

        assertThat(redeliver(id, "wrong").statusCode()).isEqualTo(401);
        assertThat(redeliver("msg_none", ADMIN).statusCode()).isEqualTo(404);
        assertThat(redeliver("msg_none", ADMIN).body()).contains("\"code\":\"not_found\"");
        assertThat(receiver.requests("/byhand")).hasSize(1);
        HttpResponse<String> accepted = redeliver(id, ADMIN);
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.body()).contains("\"state\":\"pending\"");

        STACK.awaitQuery(deliveries("state || ' ' || attempts", "byhand"), "delivered 1");
        assertThat(receiver.requests("/byhand")).extracting(Request::id).containsExactly(id, id);
    }

    @Test
    void anOperatorMayAskForADeliveryAgainAndAnAuditorMayNot() throws IOException, InterruptedException {
        administrator("aud", AdminRole.AUDITOR);
        administrator("ops", AdminRole.OPERATOR);
        Awaitility.await().until(() -> redeliver("msg_none", "tga_ops").statusCode() == 404);
        assertThat(redeliver("msg_none", "tga_aud").statusCode()).isEqualTo(403);
        assertThat(redeliver("msg_none", "tga_aud").body()).contains("\"code\":\"role_missing\"");
    }

    private static void administrator(String id, AdminRole role) {
        byte[] hash = ApiKeys.hash("tga_" + id);
        STACK.send(
                Topics.CONFIG_ADMINS,
                0,
                id.getBytes(StandardCharsets.UTF_8),
                STACK.codecs.admins().encode(new Admin(id, id, role, "tga_", ByteBuffer.wrap(hash), null, 1L, 0L, 0L)));
        STACK.flush();
    }

    private static HttpResponse<String> redeliver(String id, String token) throws IOException, InterruptedException {
        String port = sink.getEnvironment().getProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + port + "/deliveries/" + id + "/redeliver"))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPrivateAddressIsRefusedUnlessItIsAllowed() {
        webhook("private", OK);
        save(AlertRecords.webhook("named", receiver.at("/private", OK).replace("127.0.0.1", "localhost"), SECRET));
        save(AlertRecords.webhook("number", receiver.at("/private", OK).replace("127.0.0.1", "2130706433"), SECRET));
        try (ConfigurableApplicationContext strict = STACK.startSink("strict")) {
            awaitUp(strict);
            raise(AlertRecords.alert("private", "private-1", "private", "named", "number"));
            STACK.awaitQuery(
                    "SELECT string_agg(webhook || ' ' || state || ' ' || attempts || ' ' || last_error, ',' ORDER BY webhook)"
                            + " FROM strict.alert_deliveries WHERE alert_id = 'private-1'",
                    "named refused 1 localhost is at 127.0.0.1, no public address; tollgate.webhooks.allow-private=true"
                            + " allows it,number refused 1 2130706433 is at 127.0.0.1, no public address;"
                            + " tollgate.webhooks.allow-private=true allows it,private refused 1 127.0.0.1 is at"
                            + " 127.0.0.1, no public address; tollgate.webhooks.allow-private=true allows it");
        }
        // The other sink of this class may send to all three; the name stays what was asked for.
        awaitRequests("/private", 3);
        assertThat(receiver.requests("/private"))
                .extracting(request -> request.header("host").replaceFirst(":.*", ""))
                .containsExactlyInAnyOrder("127.0.0.1", "localhost", "2130706433");
    }
}
