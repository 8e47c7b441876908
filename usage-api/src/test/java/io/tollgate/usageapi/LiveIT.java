package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertKind;
import io.tollgate.avro.ApiKey;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.live.EventStream;
import io.tollgate.usageapi.live.EventStream.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The stream of a running service, and of a second one beside it. */
@ExtendWith(StackExtension.class)
class LiveIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicLong MODELS = new AtomicLong();

    private final UsageApiStack stack;
    /** Each test's own, since all see all. */
    private final String model = "live-" + MODELS.incrementAndGet();

    private final AvroCodec<RatedUsage> usage = AvroCodec.of(Topics.USAGE_RATED, UsageApiStack.IDS);

    LiveIT(UsageApiStack stack) {
        this.stack = stack;
    }

    @Test
    void usageQuotasAndAlertsAreToldAsTheyHappen() {
        try (LiveClient client = open("secret-acme", "")) {
            awaitPlace(client);
            write("acme", 0, "0.1");
            write("acme", 1, "0.2");
            write("beta", 0, "7");
            stack.putRecord(Topics.QUOTA_STATES, "live", state());
            stack.putRecord(Topics.COST_ALERTS, "acme", alert());
            byte[] key = new StateName("acme", "live-quota", "ann", null).bytes();
            var unused = stack.sendSoon(Topics.QUOTA_STATES, 0, key, null);
            soon().until(() -> costs(client).equals(Decimal.parse("0.3"))
                    && client.events("alert").size() == 1
                    && client.events("quota_removed").size() == 1);
            assertThat(client.events("quota").get(0).data().toString())
                    .isEqualTo("{\"id\":\"live-quota\",\"company\":\"acme\",\"user\":\"ann\",\"key\":null,"
                            + "\"metric\":\"tokens\",\"currency\":null,\"period\":null,\"enforcement\":null,"
                            + "\"used\":\"8\",\"limit\":\"10\",\"remaining\":\"2\",\"status\":\"warning\","
                            + "\"window_start\":\"1970-01-01T00:00:00Z\",\"window_end\":\"1970-01-01T00:01:00Z\","
                            + "\"resets_at\":\"1970-01-01T00:01:00Z\",\"as_of\":\"1970-01-01T00:00:02Z\"}");
            assertThat(client.events("quota_removed").get(0).data().toString())
                    .isEqualTo("{\"id\":\"live-quota\",\"company\":\"acme\",\"user\":\"ann\",\"key\":null}");
            assertThat(client.events("alert").get(0).data().toString())
                    .isEqualTo("{\"id\":\"live-alert\",\"rule\":\"spend\",\"kind\":\"spend\",\"resolved\":false,"
                            + "\"number\":1,\"late\":false,\"company\":\"acme\",\"user\":null,\"key\":null,"
                            + "\"provider\":null,\"model\":null,\"quota\":null,\"metric\":\"cost\","
                            + "\"currency\":\"USD\",\"threshold\":\"5\",\"value\":\"5.5\",\"used\":null,\"limit\":null,"
                            + "\"window_start\":\"1970-01-01T00:00:00Z\",\"window_end\":\"1970-01-01T00:01:00Z\","
                            + "\"webhooks\":[],\"at\":\"1970-01-01T00:00:01Z\"}");
            assertThat(rows(client)).allSatisfy(row -> {
                assertThat(row.path("company").asString()).isEqualTo("acme");
                assertThat(row.path("tokens").asString()).isIn("10", "20");
            });
        }
    }

    @Test
    void tensOfReadersWithFiltersOfTheirOwnAreEachToldTheirs() {
        List<LiveClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                clients.add(open(UsageApiStack.ADMIN_TOKEN, "?model=" + model));
                clients.add(open(UsageApiStack.ADMIN_TOKEN, "?model=" + model + "&company=beta"));
                clients.add(open("secret-acme", "?model=" + model));
                clients.add(open("secret-beta", "?model=" + model + "&user=nobody"));
            }
            clients.forEach(LiveIT::awaitPlace);
            for (int i = 0; i < 200; i++) {
                write(i % 4 == 0 ? "beta" : "acme", i % 2, "0.01");
            }
            for (int i = 0; i < clients.size(); i++) {
                Decimal expected = Decimal.parse(List.of("2", "0.5", "1.5", "0").get(i % 4));
                LiveClient client = clients.get(i);
                soon().until(() -> costs(client).equals(expected));
            }
        } finally {
            clients.forEach(LiveClient::close);
        }
    }

    @Test
    void whoComesBackToAnotherInstanceOrAfterARestartMissesNothing() {
        LiveClient first = open("secret-acme", "?model=" + model);
        awaitPlace(first);
        for (int i = 0; i < 50; i++) {
            write("acme", i % 2, "1");
        }
        soon().until(() -> !first.events("usage").isEmpty());
        first.close();
        Decimal told = costs(first);
        String lastId = String.valueOf(first.lastId());
        for (int i = 0; i < 50; i++) {
            write("acme", i % 2, "1");
        }
        try (LiveClient here = open("secret-acme", "?model=" + model, lastId)) {
            LiveClient there;
            long closing;
            try (var other = stack.start(stack.kafka().bootstrapServers())) {
                there = LiveClient.open(UsageApiStack.portOf(other), "secret-acme", "?model=" + model, lastId);
                Decimal missed = Decimal.of(100).plus(told.negated());
                soon().until(() -> costs(there).equals(missed) && costs(here).equals(missed));
                write("acme", 0, "1");
                Decimal more = missed.plus(Decimal.ONE);
                soon().until(() -> costs(there).equals(more) && costs(here).equals(more));
                assertThat(there.events("reset")).isEmpty();
                closing = System.nanoTime();
            }
            // It ends its streams when it stops, and is not held up by them.
            assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(8));
            soon().until(there::isEnded);
            assertThat(there.look(EventStream::comments)).contains("ended: stopping");
        }
    }

    @Test
    void aReaderThatDoesNotReadIsCutAndNobodyElseNotices() throws IOException {
        double before = dropped();
        try (Socket socket = new Socket();
                LiveClient client = open("secret-acme", "?model=" + model + "&user=ann")) {
            awaitPlace(client);
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stack.port()));
            String request = "GET /v1/live HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer " + UsageApiStack.ADMIN_TOKEN
                    + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String longName = "u".repeat(4_000);
            soon().pollInterval(Duration.ofMillis(200)).until(() -> {
                for (int i = 0; i < 500; i++) {
                    write("acme", 0, "1", longName + i);
                }
                return dropped() > before;
            });
            write("acme", 0, "1");
            soon().until(() -> costs(client).equals(Decimal.ONE));
            assertThat(client.isEnded()).isFalse();
            assertThat(dropped()).isEqualTo(before + 1);
        }
    }

    @Test
    void aKeyThatIsRevokedWhileItReadsReadsNoFurther() {
        ApiKey key = UsageApiStack.key("key_live", "acme", "secret-live", "read");
        stack.putKey(key);
        try (LiveClient client = open("secret-live", "")) {
            awaitPlace(client);
            stack.putKey(ApiKey.newBuilder(key).setRevokedAt(1L).build());
            soon().until(client::isEnded);
            assertThat(client.look(EventStream::comments)).anyMatch(said -> said.startsWith("ended: "));
        } finally {
            stack.removeKey("key_live");
        }
    }

    @Test
    void whatIsNoPositionOrNotTheCallersIsRefused() {
        HttpResponse<String> nonsense = stack.asAcme("/v1/live", "Last-Event-ID", "nonsense");
        assertThat(nonsense.statusCode()).isEqualTo(400);
        assertThat(json(nonsense).path("code").asString()).isEqualTo("invalid_position");
        assertThat(stack.asAcme("/v1/live?company=beta").statusCode()).isEqualTo(403);
        assertThat(stack.asAcme("/v1/live?modle=x").statusCode()).isEqualTo(400);
        assertThat(stack.get("/v1/live").statusCode()).isEqualTo(401);
        assertThat(stack.send("POST", "/v1/live").statusCode()).isEqualTo(405);
    }

    private LiveClient open(String secret, String query) {
        return LiveClient.open(stack.port(), secret, query, null);
    }

    private LiveClient open(String secret, String query, String lastId) {
        return LiveClient.open(stack.port(), secret, query, lastId);
    }

    private static void awaitPlace(LiveClient client) {
        soon().until(() -> client.lastId() != null);
    }

    private List<JsonNode> rows(LiveClient client) {
        return client.events("usage").stream()
                .map(Event::data)
                .flatMap(data -> data.path("rows").valueStream())
                .filter(row -> row.path("model").asString().equals(model))
                .toList();
    }

    private Decimal costs(LiveClient client) {
        return rows(client).stream()
                .map(row -> Decimal.parse(row.path("cost").asString()))
                .reduce(Decimal.ZERO, Decimal::plus);
    }

    private double dropped() {
        return stack.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("tollgate_live_dropped_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    private void write(String company, int partition, String cost) {
        write(company, partition, cost, "ann");
    }

    private void write(String company, int partition, String cost, String user) {
        RatedUsage row = RatedUsage.newBuilder()
                .setCompany(company)
                .setSource("s")
                .setId("e")
                .setSequence(0)
                .setKind(RowKind.USAGE)
                .setCause(SubmissionKind.USAGE)
                .setState(RatingState.RATED)
                .setRequests(1)
                .setEventTime(0L)
                .setBookedAt(0L)
                .setEventsPartition(0)
                .setEventsOffset(0L)
                .setUser(user)
                .setProvider("openai")
                .setModel(model)
                .setLines(List.of())
                .setTokens(new ExactDecimal(10L, 0, null))
                .setCost(Decimals.toAvro(Decimal.parse(cost)))
                .setCurrency("USD")
                .build();
        var unused = stack.sendSoon(Topics.USAGE_RATED, partition, new byte[] {1}, usage.encode(row));
    }

    private static QuotaState state() {
        return QuotaState.newBuilder()
                .setQuota("live-quota")
                .setCompany("acme")
                .setUser("ann")
                .setMetric("tokens")
                .setUsed(new ExactDecimal(8L, 0, null))
                .setLimit(new ExactDecimal(10L, 0, null))
                .setRemaining(new ExactDecimal(2L, 0, null))
                .setStatus(QuotaStatus.WARNING)
                .setWindowStart(0L)
                .setWindowEnd(60_000_000L)
                .setResetsAt(60_000_000L)
                .setVersion(1)
                .setChangedAt(2_000_000L)
                .build();
    }

    private static Alert alert() {
        return Alert.newBuilder()
                .setId("live-alert")
                .setRule("spend")
                .setKind(AlertKind.SPEND)
                .setCompany("acme")
                .setMetric("cost")
                .setCurrency("USD")
                .setThreshold(new ExactDecimal(5L, 0, null))
                .setValue(new ExactDecimal(55L, 1, null))
                .setWindowStart(0L)
                .setWindowEnd(60_000_000L)
                .setAt(1_000_000L)
                .build();
    }
}
