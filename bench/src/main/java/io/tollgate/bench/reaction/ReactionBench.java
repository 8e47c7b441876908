package io.tollgate.bench.reaction;

import static io.tollgate.bench.report.Figures.column;

import com.sun.net.httpserver.HttpServer;
import io.tollgate.bench.Delays;
import io.tollgate.bench.http.Tollgate;
import io.tollgate.bench.report.Figures;
import io.tollgate.bench.report.Figures.Column;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From an event's 2xx to the admission answer that has it in {@code used}, and to the webhook of the alert that it raises.
 * Each sample is one event of a user of its own, of whom a quota counts tokens and a rule tells when all are used. Needs
 * a running Tollgate whose webhooks may go to this machine.
 */
public final class ReactionBench {
    private static final String COMPANY = "bench-reactions";
    private static final String QUOTA = "bench-reactions-user";
    private static final String TOKENS = "100";
    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PATIENCE_SECONDS = 60;
    private static final int SAMPLES = 600;
    private static final int PER_SECOND = 20;

    private final Tollgate tollgate;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    /** By user, {@link System#nanoTime()}. */
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    private final Map<String, Long> admitted = new ConcurrentHashMap<>();
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private String key = "";

    private ReactionBench(Tollgate tollgate) {
        this.tollgate = tollgate;
    }

    /**
     * Arguments, all with a default: the gateway, the file with the admin token, samples, samples a second. Or {@code own}
     * alone: with a Tollgate of its own.
     */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        if (given.equals(List.of(Own.WORD))) {
            Own.with(own -> measure(own.gateway(), own.tokenFile(), SAMPLES, PER_SECOND));
            return;
        }
        URI gateway = URI.create(given.size() > 0 ? given.get(0) : "http://127.0.0.1:8080");
        Path tokenFile = Path.of(given.size() > 1 ? given.get(1) : ".tollgate/admin-token");
        int samples = given.size() > 2 ? Integer.parseInt(given.get(2)) : SAMPLES;
        int perSecond = given.size() > 3 ? Integer.parseInt(given.get(3)) : PER_SECOND;
        measure(gateway, tokenFile, samples, perSecond);
    }

    private static void measure(URI gateway, Path tokenFile, int samples, int perSecond) throws Exception {
        ReactionBench bench = new ReactionBench(new Tollgate(gateway));
        HttpServer receiver = bench.receiver();
        try {
            bench.setUp(
                    Files.readString(tokenFile).strip(), receiver.getAddress().getPort());
            bench.sample(samples, perSecond);
            bench.awaitWebhooks(samples);
        } finally {
            receiver.stop(0);
        }
        bench.figures(samples, perSecond).publish();
    }

    private HttpServer receiver() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                JsonNode alert = JsonMapper.shared().readTree(exchange.getRequestBody());
                told.putIfAbsent(alert.path("data").path("user").asString(""), System.nanoTime());
                exchange.sendResponseHeaders(204, -1);
            }
        });
        receiver.start();
        return receiver;
    }

    private void setUp(String admin, int port) throws IOException, InterruptedException {
        tollgate.call(admin, "PUT", "/admin/v1/companies/" + COMPANY, Map.of("name", COMPANY));
        key = tollgate.call(
                        admin,
                        "POST",
                        "/admin/v1/keys",
                        Map.of("company", COMPANY, "name", run, "scopes", List.of("ingest", "admission")))
                .path("secret")
                .asString();
        tollgate.call(
                admin,
                "PUT",
                "/admin/v1/webhooks/" + COMPANY,
                Map.of("url", "http://127.0.0.1:" + port + "/", "company", COMPANY));
        Map<String, String> eachUser = Map.of("company", COMPANY, "user", "*");
        tollgate.call(
                admin,
                "PUT",
                "/admin/v1/quotas/" + QUOTA,
                Map.of("scope", eachUser, "metric", "tokens", "limit", TOKENS, "period", "day", "enforcement", "soft"));
        tollgate.call(
                admin,
                "PUT",
                "/admin/v1/alert-rules/" + COMPANY,
                Map.of(
                        "scope",
                        eachUser,
                        "kind",
                        "quota_share",
                        "quota",
                        QUOTA,
                        "thresholds",
                        List.of("100"),
                        "webhooks",
                        List.of(COMPANY)));
    }

    private void sample(int samples, int perSecond) throws Exception {
        Paced.run(
                samples,
                perSecond,
                Math.min(4 * perSecond, 200),
                PATIENCE_SECONDS,
                "events were not seen in an admission in time",
                number -> one(run + "-" + number));
    }

    private void one(String user) throws IOException, InterruptedException {
        tollgate.use(key, user, TOKENS);
        acknowledged.put(user, System.nanoTime());
        while (!isUsed(user)) {
            LockSupport.parkNanos(GLANCE);
        }
        admitted.put(user, System.nanoTime());
    }

    private boolean isUsed(String user) throws IOException, InterruptedException {
        JsonNode answer = tollgate.call(
                key, "POST", "/v1/admissions", Map.of("user", user, "provider", "bench", "model", "bench"));
        tollgate.call(
                key, "DELETE", "/v1/admissions/" + answer.path("reservation").asString(), Map.of());
        return answer.path("quotas").path(0).path("used").asString().equals(TOKENS);
    }

    private void awaitWebhooks(int samples) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (told.size() < samples && System.nanoTime() < until) {
            LockSupport.parkNanos(GLANCE);
        }
        if (told.size() < samples) {
            throw new IllegalStateException(samples - told.size() + " alerts did not arrive");
        }
    }

    private Figures figures(int samples, int perSecond) {
        Column p99 = column("p99, ms", 0);
        Figures figures = new Figures(
                "reactions",
                String.format(
                        Locale.ROOT, "%,d events at %d a second; milliseconds from an event's 2xx", samples, perSecond),
                "to",
                column("p50, ms", 0),
                p99,
                column("most, ms", 0));
        addRow(figures, "the first admission that has it in `used`", admitted);
        addRow(figures, "the webhook of its alert", told);
        figures.chart("reactions-p99", "How soon Tollgate reacts to an event", p99);
        return figures;
    }

    private void addRow(Figures figures, String what, Map<String, Long> seen) {
        Delays delays = Delays.of(acknowledged.entrySet().stream()
                .mapToLong(sent -> Math.max(0, seen.getOrDefault(sent.getKey(), Long.MAX_VALUE) - sent.getValue()))
                .toArray());
        figures.row(what, delays.p50(), delays.p99(), delays.most());
    }
}
