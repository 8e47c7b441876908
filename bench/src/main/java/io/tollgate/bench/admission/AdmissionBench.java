package io.tollgate.bench.admission;

import static io.tollgate.bench.report.Figures.column;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Quota;
import io.tollgate.bench.Quantile;
import io.tollgate.bench.load.Budgets;
import io.tollgate.bench.load.Catalog;
import io.tollgate.bench.process.Accounts;
import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.GatewayProcess;
import io.tollgate.bench.process.ServerProcess;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.report.Figures;
import io.tollgate.bench.report.Figures.Column;
import io.tollgate.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * How long an admission takes over HTTP at a steady rate, beside two others of the same gateway in the same run: a bare
 * route, which knows the key and finds nothing, and an event, which waits for the same kind of ack.
 */
public final class AdmissionBench {
    private static final String SECRET = "tg_bench_secret_of_admissions";
    private static final int SECONDS = 10;
    private static final int WARM_UPS = 2;
    private static final int RUNS = 3;
    private static final double MILLISECOND = 1e6;
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private AdmissionBench() {}

    public static void main(String[] arguments) throws Exception {
        int perSecond = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
        Child.fixClassPath();
        try (Servers servers = Servers.start()) {
            Accounts accounts = new Accounts(servers.endpoints());
            accounts.open(Budgets.COMPANY, Budgets.AUTH_ID, SECRET, "ingest", "admission");
            for (Quota quota : Budgets.ample()) {
                accounts.limit(quota);
            }
            for (PriceTimeline timeline : Catalog.timelines()) {
                accounts.price(timeline);
            }
            try (ServerProcess gateway = GatewayProcess.start(servers);
                    EventTopic reservations =
                            new EventTopic(servers.endpoints().kafka(), Topics.QUOTA_RESERVATIONS.name());
                    SteadyLoad load = new SteadyLoad(gateway.port(), perSecond)) {
                awaitReady(gateway.port());
                List<Series> all = List.of(
                        new Series("bare route (404 of a known key)", 404, number -> bare()),
                        new Series("one event, acknowledged", 204, AdmissionBench::event),
                        new Series("admission, acknowledged", 200, AdmissionBench::admission));
                for (int round = 0; round < WARM_UPS + RUNS; round++) {
                    for (Series series : all) {
                        series.add(round, load.run(series.requests, series.status, SECONDS));
                    }
                }
                long granted = (long) perSecond * SECONDS * (WARM_UPS + RUNS);
                if (reservations.end() != granted) {
                    throw new IllegalStateException(
                            granted + " admissions were granted and " + reservations.end() + " are in the topic");
                }
                print(perSecond, all);
            }
        }
    }

    /** The gateway takes events before it has read what has been used and granted. */
    private static void awaitReady(int port) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest asked = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/admissions/rsv_none"))
                .header("Authorization", "Bearer " + SECRET)
                .build();
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (http.send(asked, BodyHandlers.discarding()).statusCode() != 404) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("no admissions within " + READY_WITHIN);
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    private static void print(int perSecond, List<Series> all) throws IOException {
        Column p99 = column("p99, ms", 2);
        Figures figures = new Figures(
                "admissions",
                String.format(
                        Locale.ROOT,
                        "%,d requests a second over %d runs of %d s each, in turn; milliseconds from when a request was to be sent",
                        perSecond,
                        RUNS,
                        SECONDS),
                "route",
                column("p50, ms", 2),
                p99,
                column("p99.9, ms", 2),
                column("most, ms", 2),
                column("p99, ratio to the bare route", 1));
        double bare = all.get(0).at(0.99);
        for (Series series : all) {
            figures.row(
                    series.name,
                    series.at(0.5),
                    series.at(0.99),
                    series.at(0.999),
                    series.at(1),
                    series.at(0.99) / bare);
        }
        figures.chart("admissions-p99", "Admissions", p99);
        figures.publish();
    }

    private static byte[] bare() {
        return request("GET /v1/admissions/rsv_none", "");
    }

    private static byte[] event(int number) {
        return request(
                "POST /v1/events",
                "{\"specversion\":\"1.0\",\"id\":\"" + System.nanoTime() + "-" + number
                        + "\",\"source\":\"bench\",\"type\":\"tollgate.usage.v1\",\"subject\":\"" + user(number)
                        + "\",\"data\":{\"provider\":\"openai\",\"model\":\"gpt-4o\",\"dimensions\":{\"input\":1200,\"output\":800}}}");
    }

    private static byte[] admission(int number) {
        return request(
                "POST /v1/admissions",
                "{\"user\":\"" + user(number)
                        + "\",\"provider\":\"openai\",\"model\":\"gpt-4o\",\"estimate\":{\"input\":1200,\"output\":800},"
                        + "\"ttl_seconds\":60}");
    }

    private static String user(int number) {
        return "user-" + number % Budgets.USERS;
    }

    private static byte[] request(String line, String body) {
        String head = line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + SECRET
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** The runs of one route. */
    private static final class Series {
        private final String name;
        private final int status;
        private final SteadyLoad.Requests requests;
        private final List<long[]> runs = new ArrayList<>();

        Series(String name, int status, SteadyLoad.Requests requests) {
            this.name = name;
            this.status = status;
            this.requests = requests;
        }

        void add(int round, long[] times) {
            System.err.printf(
                    Locale.ROOT,
                    "  %-32s %s p50 %6.2f ms  p99 %6.2f ms%n",
                    name,
                    round < WARM_UPS ? "warm-up" : "run " + (round - WARM_UPS + 1) + "  ",
                    quantile(times, 0.5),
                    quantile(times, 0.99));
            if (round >= WARM_UPS) {
                runs.add(times);
            }
        }

        /** Over all measured runs together, milliseconds. */
        double at(double share) {
            long[] together =
                    runs.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return quantile(together, share);
        }

        private static double quantile(long[] sorted, double share) {
            return Quantile.of(sorted, share) / MILLISECOND;
        }
    }
}
