package io.tollgate.bench.reports;

import static io.tollgate.bench.report.Figures.column;

import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.report.Chart;
import io.tollgate.bench.report.Figures;
import io.tollgate.bench.report.Figures.Column;
import io.tollgate.bench.reports.Questions.Question;
import io.tollgate.usageapi.UsageApiApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How long usage-api takes to answer the questions of a dashboard: over HTTP, one at a time, against real PostgreSQL with
 * a year of usage in it. Seeded: the same rows and the same questions each time.
 */
public final class ReportsBench {
    private static final int LEDGER_ROWS = 10_000_000;
    private static final int WARM_UPS = 40;
    private static final int RUNS = 40;
    private static final long SEED = 20_261_122;
    private static final String TOKEN = "token-of-the-bench";
    private static final double MILLISECOND = 1e6;
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    private ReportsBench(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) throws Exception {
        int ledgerRows = arguments.length == 0 ? LEDGER_ROWS : Integer.parseInt(arguments[0].replace("_", ""));
        Child.fixClassPath();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (Servers servers = Servers.start()) {
            YearOfUsage year = new YearOfUsage(servers.endpoints(), SEED);
            year.fill(today, ledgerRows);
            try (ConfigurableApplicationContext service =
                    UsageApiApplication.builder().run(settings(servers.endpoints()))) {
                var server = ((ReactiveWebServerApplicationContext) service).getWebServer();
                if (server == null) {
                    throw new IllegalStateException("usage-api listens nowhere");
                }
                new ReportsBench(server.getPort()).ask(new Questions(today), year.described());
            }
        }
    }

    private static String[] settings(Endpoints endpoints) {
        return new String[] {
            "--kafka=" + endpoints.kafka(),
            "--registry=" + endpoints.registry(),
            "--postgres=" + endpoints.postgres(),
            "--tollgate.postgres-user=" + endpoints.user(),
            "--tollgate.postgres-password=" + endpoints.password(),
            "--tollgate.admin-token=" + TOKEN,
            "--server.port=0"
        };
    }

    private void ask(Questions questions, String year) throws IOException, InterruptedException {
        awaitReady();
        Column p95 = column("p95, ms", 0);
        Figures figures = new Figures(
                "reports",
                year + "; " + RUNS + " of each question",
                "question",
                column("KB", 0),
                column("p50, ms", 0),
                p95,
                column("most, ms", 0));
        for (Question question : questions.all()) {
            Asked unused = ask(question, WARM_UPS);
        }
        for (Question question : questions.all()) {
            Asked asked = ask(question, RUNS);
            figures.row(
                    question.name(),
                    asked.bytes / (RUNS * 1e3),
                    asked.times[RUNS / 2],
                    asked.times[RUNS * 95 / 100 - 1],
                    asked.times[RUNS - 1]);
        }
        figures.chart("reports-p95", "Reports over a year", p95, new Chart.Mark(100, "p95 under 100 ms"));
        figures.publish();
    }

    /** A question so often, each time of another company and month: the same ones whenever it is asked. */
    private Asked ask(Question question, int times) throws IOException, InterruptedException {
        Random random = new Random(SEED);
        double[] took = new double[times];
        long bytes = 0;
        for (int i = 0; i < times; i++) {
            String path = question.path().apply(random);
            long begun = System.nanoTime();
            HttpResponse<byte[]> answer = get(path);
            took[i] = (System.nanoTime() - begun) / MILLISECOND;
            bytes += answer.body().length;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
            }
        }
        Arrays.sort(took);
        return new Asked(took, bytes);
    }

    /** Sorted, in milliseconds, and of all answers together. */
    private static final class Asked {
        final double[] times;
        final long bytes;

        Asked(double[] times, long bytes) {
            this.times = times;
            this.bytes = bytes;
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (get("/v1/stats").statusCode() != 200) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("no stats within " + READY_WITHIN);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }
}
