package io.tollgate.bench.reports;

import static io.tollgate.bench.report.Figures.column;

import io.tollgate.bench.process.Child;
import io.tollgate.bench.process.Servers;
import io.tollgate.bench.process.UsageApiProcess;
import io.tollgate.bench.report.Figures;
import io.tollgate.bench.report.Figures.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How much heap an export needs: the ledger of a year in every format, by a usage-api whose whole heap is small, one after
 * the other. A file with another number of the ledger's rows than there are is an error and no figure.
 */
public final class ExportsBench {
    private static final int LEDGER_ROWS = 1_000_000;
    private static final String HEAP = "192m";
    private static final long SEED = 20_261_122;
    private static final String TOKEN = "token-of-the-bench-of-exports-0123456789";
    private static final double MEGABYTE = 1 << 20;
    private static final List<String> PROFILES = List.of("native", "focus-1.2");
    private static final List<String> FORMATS = List.of("csv", "ndjson", "parquet");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final UsageApiProcess service;
    private final long rows;
    private final String days;

    private ExportsBench(UsageApiProcess service, long rows, LocalDate today) {
        this.service = service;
        this.rows = rows;
        this.days = "from=" + today.minusDays(YearOfUsage.DAYS - 1) + "&to=" + today.plusDays(1);
    }

    /** Arguments, all with a default: rows of the ledger, the service's heap. */
    public static void main(String[] arguments) throws Exception {
        int ledgerRows = arguments.length > 0 ? Integer.parseInt(arguments[0].replace("_", "")) : LEDGER_ROWS;
        String heap = arguments.length > 1 ? arguments[1] : HEAP;
        Child.fixClassPath();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (Servers servers = Servers.start()) {
            YearOfUsage year = new YearOfUsage(servers.endpoints(), SEED);
            year.fill(today, ledgerRows);
            Column most = column("most during it, MB", 0);
            Figures figures = new Figures(
                    "exports",
                    year.described() + "; a usage-api with a heap of " + heap,
                    "file",
                    column("rows", 0),
                    column("MB", 0),
                    column("seconds", 0),
                    column("heap before, MB", 0),
                    most,
                    column("more, MB", 0));
            try (UsageApiProcess service = UsageApiProcess.start(servers, heap, TOKEN)) {
                ExportsBench bench = new ExportsBench(service, year.ledgerRows(), today);
                for (String profile : PROFILES) {
                    for (String format : FORMATS) {
                        bench.export(profile, format, figures);
                    }
                }
            }
            figures.chart("exports-heap", "Heap that an export leaves in use", most);
            figures.publish();
        }
    }

    private void export(String profile, String format, Figures figures) throws IOException, InterruptedException {
        long before = service.collect();
        long begun = System.nanoTime();
        HttpResponse<InputStream> file = get(
                "/v1/exports/usage?" + days + "&profile=" + profile + "&format=" + format,
                BodyHandlers.ofInputStream());
        if (file.statusCode() != 200) {
            throw new IllegalStateException(profile + " as " + format + " was answered " + file.statusCode() + ": "
                    + new String(file.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
        long bytes;
        try (InputStream body = file.body()) {
            bytes = body.transferTo(OutputStream.nullOutputStream());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long most = service.most();
        JsonNode manifest = JsonMapper.shared()
                .readTree(get(
                                "/v1/exports/usage/manifest?export="
                                        + file.headers().firstValue("x-export").orElseThrow(),
                                BodyHandlers.ofString())
                        .body());
        if (manifest.get("ledger_rows").asLong() != rows || manifest.get("size").asLong() != bytes) {
            throw new IllegalStateException(
                    "the ledger has " + rows + " rows and the file " + bytes + " bytes, its manifest says " + manifest);
        }
        figures.row(
                profile + ", " + format,
                manifest.get("rows").asDouble(),
                bytes / MEGABYTE,
                seconds,
                before / MEGABYTE,
                most / MEGABYTE,
                Math.max(0, most - before) / MEGABYTE);
    }

    private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return http.send(request, body);
    }
}
