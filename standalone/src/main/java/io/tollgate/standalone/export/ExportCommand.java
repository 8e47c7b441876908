package io.tollgate.standalone.export;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code tollgate export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes a month or some days of the ledger into a file, and checks it against its manifest.",
        footer = {
            "",
            "Examples: tollgate export --period 2026-11 --out usage.csv",
            "          tollgate export --period 2026-11 --profile focus-1.2 --format parquet --out focus.parquet --manifest focus.json",
            "",
            "What breaks off goes on by itself; a command that was ended goes on with --resume, from FILE.part. FILE is there only",
            "when it is whole and its SHA-256 is the manifest's."
        })
public final class ExportCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private Days days = new Days();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv, ndjson or parquet (default: ${DEFAULT-VALUE}).")
    private String format = "csv";

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "native, focus-1.2 or focus-1.4 (default: ${DEFAULT-VALUE}).")
    private String profile = "native";

    @Option(names = "--company", paramLabel = "ID", description = "Only of this company.")
    private @Nullable String company;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "What is written.")
    private Path out = Path.of("");

    @Option(names = "--manifest", paramLabel = "FILE", description = "Gets the manifest, as JSON.")
    private @Nullable Path manifest;

    @Option(names = "--gzip", description = "Packed; not for parquet, which is.")
    private boolean gzip;

    @Option(names = "--resume", description = "Goes on with what a command before this one left in FILE.part.")
    private boolean resume;

    @Option(
            names = "--give-up-after",
            paramLabel = "SECONDS",
            description = "How long it is tried again while nothing comes (default: ${DEFAULT-VALUE}).")
    private int giveUpAfter = 60;

    @Mixin
    private GatewayOptions services = new GatewayOptions();

    private static final class Days {
        @Option(names = "--period", required = true, paramLabel = "YYYY-MM", description = "A month of UTC.")
        private @Nullable String period;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable Range range;
    }

    private static final class Range {
        @Option(names = "--from", required = true, paramLabel = "DAY", description = "The first day, in UTC.")
        private @Nullable String from;

        @Option(names = "--to", required = true, paramLabel = "DAY", description = "The day behind the last.")
        private @Nullable String to;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Download download =
                new Download(services.reader(), "/v1/exports/usage?" + query(), out, Duration.ofSeconds(giveUpAfter));
        try (Progress progress = services.progress("exporting", 0)) {
            download.run(resume, progress);
        } catch (Download.RefusedException e) {
            throw new IOException(services.objection("the usage-api", e.answer()));
        } catch (Download.NobodyThereException e) {
            throw services.unreachableUsageApi();
        }
        JsonNode told =
                services.usage(api -> api.get("/v1/exports/usage/manifest?export=" + HttpApi.encode(download.id())));
        download.finish(told.path("size").asLong(), told.path("sha256").asString(""));
        if (manifest != null) {
            Files.writeString(manifest, told.toPrettyString() + System.lineSeparator());
        }
        services.show(told, this::print);
        return ExitCode.DONE;
    }

    private String query() {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        parameters.put("period", days.period);
        Range range = days.range;
        parameters.put("from", range == null ? null : range.from);
        parameters.put("to", range == null ? null : range.to);
        parameters.put("format", format);
        parameters.put("profile", profile);
        parameters.put("company", company);
        parameters.put("gzip", gzip ? "true" : null);
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "=" + HttpApi.encode(String.valueOf(parameter.getValue())))
                .collect(Collectors.joining("&"));
    }

    private void print(JsonNode told, PrintWriter text) {
        text.printf(
                "%s: %s rows, %s bytes, %s%n",
                out,
                told.path("rows").asString(),
                told.path("size").asString(),
                told.path("closed").asBoolean() ? "closed" : "still open");
        for (JsonNode sum : told.path("sums")) {
            text.printf(
                    "cost %s %s, list %s%n",
                    sum.path("cost").asString(""),
                    sum.path("currency").asString(""),
                    sum.path("list_cost").asString(""));
        }
        if (told.path("unpriced").asLong() != 0) {
            text.printf(
                    "%s requests have no price: ./tollgate prices unpriced%n",
                    told.path("unpriced").asString());
        }
        text.printf("complete until %s%n", told.path("watermark").asString("an unknown time, since Kafka did not say"));
    }
}
