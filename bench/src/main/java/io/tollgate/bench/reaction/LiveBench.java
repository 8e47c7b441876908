package io.tollgate.bench.reaction;

import static io.tollgate.bench.report.Figures.column;

import io.tollgate.bench.Delays;
import io.tollgate.bench.http.Tollgate;
import io.tollgate.bench.report.Figures;
import io.tollgate.bench.report.Figures.Column;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon, and at what cost in CPU, many subscribers of a running Tollgate's live stream see an event: each event is of a
 * user of its own, and its delay at each subscriber counts from its 2xx. An event that a subscriber is told twice, or not
 * at all, is an error and no figure.
 */
public final class LiveBench {
    private static final String COMPANY = "bench-live";
    private static final long PATIENCE_SECONDS = 30;
    private static final int THREADS = 16;
    private static final int SUBSCRIBERS = 1_000;
    private static final int EVENTS = 600;
    private static final int PER_SECOND = 20;

    private final URI usageApi;
    private final String admin;
    private final Tollgate tollgate;
    private final HttpClient http = HttpClient.newHttpClient();
    private String key = "";

    private LiveBench(URI gateway, URI usageApi, String admin) {
        this.usageApi = usageApi;
        this.admin = admin;
        this.tollgate = new Tollgate(gateway);
    }

    /**
     * Arguments, all with a default: the gateway, usage-api, the file with the admin token, subscribers, events, events a
     * second. Or {@code own} alone: with a Tollgate of its own.
     */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        if (given.equals(List.of(Own.WORD))) {
            Own.with(own -> measure(own.gateway(), own.usageApi(), own.tokenFile(), SUBSCRIBERS, EVENTS, PER_SECOND));
            return;
        }
        URI gateway = URI.create(given.size() > 0 ? given.get(0) : "http://127.0.0.1:8080");
        URI usageApi = URI.create(given.size() > 1 ? given.get(1) : "http://127.0.0.1:8083");
        Path tokenFile = Path.of(given.size() > 2 ? given.get(2) : ".tollgate/admin-token");
        int subscribers = given.size() > 3 ? Integer.parseInt(given.get(3)) : SUBSCRIBERS;
        int events = given.size() > 4 ? Integer.parseInt(given.get(4)) : EVENTS;
        int perSecond = given.size() > 5 ? Integer.parseInt(given.get(5)) : PER_SECOND;
        measure(gateway, usageApi, tokenFile, subscribers, events, perSecond);
    }

    private static void measure(URI gateway, URI usageApi, Path tokenFile, int subscribers, int events, int perSecond)
            throws Exception {
        LiveBench bench =
                new LiveBench(gateway, usageApi, Files.readString(tokenFile).strip());
        bench.setUp();
        Column p99 = column("p99, ms", 0);
        Figures figures = new Figures(
                "live",
                String.format(
                        Locale.ROOT,
                        "%,d events at %d a second; milliseconds from an event's 2xx; CPU of the process that serves usage-api",
                        events,
                        perSecond),
                "subscribers",
                column("p50, ms", 0),
                p99,
                column("most, ms", 0),
                column("CPU, cores", 2));
        bench.measure(1, events, perSecond, figures);
        bench.measure(subscribers, events, perSecond, figures);
        figures.chart("live-p99", "From an event to the live stream, by subscribers", p99);
        figures.publish();
    }

    private void setUp() throws IOException, InterruptedException {
        tollgate.call(admin, "PUT", "/admin/v1/companies/" + COMPANY, Map.of("name", COMPANY));
        key = tollgate.call(
                        admin,
                        "POST",
                        "/admin/v1/keys",
                        Map.of("company", COMPANY, "name", "bench", "scopes", List.of("ingest")))
                .path("secret")
                .asString();
    }

    private void measure(int subscribers, int events, int perSecond, Figures figures) throws Exception {
        try (LiveReaders readers = LiveReaders.open(usageApi, admin, COMPANY, subscribers, events)) {
            double cpu = cpuSeconds();
            long begun = System.nanoTime();
            long[] acknowledged = send(readers.run(), events, perSecond);
            await(readers, (long) subscribers * events);
            double cores = (cpuSeconds() - cpu) * 1e9 / (System.nanoTime() - begun);
            Delays delays = Delays.of(readers.delays(acknowledged));
            figures.row(
                    String.format(Locale.ROOT, "%,d", subscribers), delays.p50(), delays.p99(), delays.most(), cores);
        }
    }

    private static void await(LiveReaders readers, long expected) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (readers.seen() < expected && System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        if (readers.seen() != expected) {
            throw new IllegalStateException(
                    readers.seen() + " events were told where there should have been " + expected);
        }
    }

    private long[] send(String run, int events, int perSecond) throws Exception {
        long[] acknowledged = new long[events];
        Paced.run(events, perSecond, THREADS, PATIENCE_SECONDS, "events were not acknowledged in time", number -> {
            tollgate.use(key, LiveReaders.user(run, number), "1");
            acknowledged[number] = System.nanoTime();
        });
        return acknowledged;
    }

    /** What the process has used so far. */
    private double cpuSeconds() throws IOException, InterruptedException {
        String metrics = http.send(
                        HttpRequest.newBuilder(usageApi.resolve("/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return metrics.lines()
                        .filter(line -> line.startsWith("process_cpu_time_ns_total"))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .findFirst()
                        .orElseThrow()
                / 1e9;
    }
}
