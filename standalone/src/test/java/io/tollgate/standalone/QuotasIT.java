package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tollgate.standalone.client.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A budget from its making to the ceiling: reserved, used, denied, told, reset, and what went over it all the same. */
@ExtendWith(SharedStack.class)
class QuotasIT {
    private static final String COMPANY = "budgeted";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<JsonNode> WEBHOOKS = new CopyOnWriteArrayList<>();

    private static HttpServer receiver;
    private static Endpoints at;
    private static TollgateClient client;
    private static String key;
    private static int events;

    @BeforeAll
    static void prepare(TestStack stack) throws Exception {
        at = stack.endpoints();
        client = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                WEBHOOKS.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        receiver.start();
        client.putCompany(COMPANY);
        key = client.createKey(COMPANY, List.of("ingest", "correct", "admission", "read"));
        // A dollar for a thousand tokens.
        client.postPrices(
                List.of(
                        "{\"provider\":\"openai\",\"model\":\"budget-model\",\"dimension\":\"input\",\"unit\":\"token\","
                                + "\"unit_price\":\"0.001\",\"currency\":\"USD\",\"effective_from\":\"2020-01-01T00:00:00Z\"}"));
        client.put(
                "webhooks/ops",
                "{\"url\":\"http://127.0.0.1:" + receiver.getAddress().getPort() + "/\",\"style\":\"standard\"}");
    }

    @AfterAll
    static void stop() {
        receiver.stop(0);
    }

    @Test
    void aBudgetIsACeiling() throws Exception {
        await().atMost(SOON).until(() -> admit(1).statusCode() == 200);
        client.put("quotas/day", quota("1"));
        client.put(
                "alert-rules/half",
                "{\"scope\":{\"company\":\"" + COMPANY + "\"},\"kind\":\"quota_share\",\"quota\":\"day\","
                        + "\"thresholds\":[\"50\",\"100\"],\"webhooks\":[\"ops\"]}");

        // 600 are reserved, 500 used: the difference goes back.
        String reservation = granted(600);
        assertThat(admit(600).statusCode()).isEqualTo(429);
        use(500, reservation);
        awaitQuota("0.5", "0", "ok");
        awaitWebhook("50", false);

        HttpResponse<String> denied = admit(501);
        assertThat(denied.statusCode()).as(denied.body()).isEqualTo(429);
        JsonNode problem = JsonMapper.shared().readTree(denied.body());
        assertThat(problem.path("code").asString()).isEqualTo("quota_exceeded");
        assertThat(problem.path("quota").asString()).isEqualTo("day");
        assertThat(problem.path("remaining").asString()).isEqualTo("0.5");
        assertThat(Long.parseLong(denied.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(1L, 86_400L);
        assertThat(denied.headers().firstValue("ratelimit")).isPresent();
        assertThat(denied.headers().firstValue("ratelimit-policy")).isPresent();

        // A raised limit holds at once.
        client.put("quotas/day", quota("2"));
        String larger = granted(1_400);
        use(1_400, larger);
        awaitQuota("1.9", "0", "warning");

        // Usage that nobody asked for is metered, and shows as over.
        use(600, null);
        awaitQuota("2.5", "0", "exceeded");
        awaitWebhook("100", false);
        use(1, null);
        awaitQuota("2.501", "0", "exceeded");

        client.post("quotas/day/reset", "{\"reason\":\"the customer has paid\"}");
        awaitQuota("0", "0", "ok");
        awaitWebhook("100", true);
        assertThat(admit(2_000).statusCode()).isEqualTo(200);

        try (PostgresBooks books = new PostgresBooks(at.postgresUrl(), at.postgresUser(), at.postgresPassword())) {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(books.count("quotas WHERE id = 'day'")).isEqualTo(1);
                assertThat(books.count("quota_states WHERE quota = 'day' AND used = 0 AND status = 'ok'"))
                        .isEqualTo(1);
                assertThat(books.count("quota_resets WHERE quota = 'day' AND used = 2.501"
                                + " AND reason = 'the customer has paid'"))
                        .isEqualTo(1);
                assertThat(books.count("alert_rules WHERE id = 'half'")).isEqualTo(1);
                assertThat(books.count("alert_deliveries WHERE company = '" + COMPANY + "' AND state = 'delivered'"))
                        .isEqualTo(WEBHOOKS.size());
                assertThat(books.count("cost_calculations WHERE company = '" + COMPANY + "' AND over_quotas = '{day}'"))
                        .isEqualTo(1);
            });
        }
        assertThat(WEBHOOKS)
                .extracting(webhook -> webhook.path("data").path("id"))
                .doesNotHaveDuplicates();
        assertThat(client.read("/v1/alerts?company=" + COMPANY).path("items")).hasSameSizeAs(WEBHOOKS);
    }

    private static String quota(String limit) {
        return "{\"scope\":{\"company\":\"" + COMPANY + "\"},\"metric\":\"cost\",\"limit\":\"" + limit
                + "\",\"period\":\"day\",\"enforcement\":\"hard\",\"thresholds\":[\"80\"]}";
    }

    private static String granted(int tokens) throws IOException, InterruptedException {
        HttpResponse<String> answer = admit(tokens);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("reservation").asString();
    }

    private static HttpResponse<String> admit(int tokens) throws IOException, InterruptedException {
        return client.admit(
                key, "{\"provider\":\"openai\",\"model\":\"budget-model\",\"estimate\":{\"input\":" + tokens + "}}");
    }

    private static void use(int tokens, @Nullable String reservation) throws IOException, InterruptedException {
        assertThat(client.sendBatch(
                        key,
                        List.of("{\"specversion\":\"1.0\",\"id\":\"call-" + events++
                                + "\",\"source\":\"quotas-it\",\"type\":\"tollgate.usage.v1\",\"data\":{"
                                + "\"provider\":\"openai\",\"model\":\"budget-model\",\"dimensions\":{\"input\":"
                                + tokens
                                + "},\"reservation\":" + (reservation == null ? null : "\"" + reservation + "\"")
                                + "}}")))
                .isEqualTo(204);
    }

    private static void awaitQuota(String used, String reserved, String status) {
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode item =
                    client.read("/v1/quotas?company=" + COMPANY).path("items").path(0);
            assertThat(item.path("used").asString()).as("%s", item).isEqualTo(used);
            assertThat(item.path("reserved").asString()).as("%s", item).isEqualTo(reserved);
            assertThat(item.path("status").asString()).as("%s", item).isEqualTo(status);
        });
    }

    private static void awaitWebhook(String threshold, boolean resolved) {
        await().atMost(SOON).untilAsserted(() -> assertThat(WEBHOOKS).anySatisfy(webhook -> {
            assertThat(webhook.path("data").path("threshold").asString()).isEqualTo(threshold);
            assertThat(webhook.path("type").asString())
                    .isEqualTo("tollgate.alert." + (resolved ? "resolved" : "fired"));
        }));
    }
}
