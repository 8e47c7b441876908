package io.tollgate.standalone.prices;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.Progress;
import io.tollgate.standalone.client.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tollgate prices import}: a catalogue's file goes to the gateway as it is, packed or not. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Takes the prices of a catalogue that differ from what is in force.",
        footer = {
            "",
            "litellm:      model_prices_and_context_window.json of github.com/BerriAI/litellm",
            "genai-prices: prices/data.json of github.com/pydantic/genai-prices",
            "Both may be packed with gzip. The same file twice changes nothing.",
            "",
            "Example: tollgate prices import data.json --format genai-prices --dry-run"
        })
final class ImportCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SHOWN = 40;

    @Parameters(paramLabel = "FILE", description = "The catalogue.")
    private @Nullable Path file;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "litellm or genai-prices.")
    private String format = "";

    @Option(names = "--dry-run", description = "Says what would change and changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--effective-from",
            paramLabel = "TIME",
            description = "When prices begin that the file does not date, 2026-11-01T00:00:00Z say (default: now).")
    private @Nullable String effectiveFrom;

    @Option(
            names = "--providers",
            paramLabel = "NAMES",
            description = "Only these, openai,anthropic say (default: all).")
    private @Nullable String providers;

    @Option(names = "--force", description = "Also takes prices that moved by more than ten times.")
    private boolean force;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        byte[] body = GatewayOptions.read(Objects.requireNonNull(file));
        JsonNode report;
        try (Progress progress = gateway.progress("importing", 0)) {
            progress.at(0, body.length / 1_000 + " kB");
            report = gateway.answer(api -> api.post("/admin/v1/prices/import" + query(), body, PATIENCE));
        }
        gateway.show(report, ImportCommand::print);
        return 0;
    }

    private String query() {
        StringBuilder query = new StringBuilder("?format=").append(HttpApi.encode(format));
        query.append("&dry_run=").append(dryRun).append("&force=").append(force);
        if (effectiveFrom != null) {
            query.append("&effective_from=").append(HttpApi.encode(effectiveFrom));
        }
        if (providers != null) {
            query.append("&providers=").append(HttpApi.encode(providers));
        }
        return query.toString();
    }

    private static void print(JsonNode report, PrintWriter out) {
        changes("changed", report.path("changed"), out);
        reasons("quarantined", report.path("quarantined"), out);
        JsonNode entries = report.path("entries");
        JsonNode prices = report.path("prices");
        out.printf(
                "entries  %s taken, %s skipped, %s quarantined%n",
                entries.path("taken"), entries.path("skipped"), entries.path("quarantined"));
        out.printf(
                "prices   %s added, %s changed, %s in force already, %s quarantined%n",
                prices.path("added"), prices.path("changed"), prices.path("unchanged"), prices.path("quarantined"));
        out.printf(
                "models   %d in force are not in the file and stay%n",
                report.path("left_alone").size());
        out.println(
                report.path("dry_run").asBoolean()
                        ? "nothing was changed: this was a dry run"
                        : "version  " + report.path("version"));
    }

    private static void changes(String title, JsonNode changes, PrintWriter out) {
        TextTable table = new TextTable("provider", "model", "dimension", "tier", "region", "above", "before", "after");
        for (JsonNode change : head(changes)) {
            String above = change.path("tier_from").asString("");
            table.add(
                    change.path("provider").asString(""),
                    change.path("model").asString(""),
                    change.path("dimension").asString(""),
                    change.path("service_tier").asString(""),
                    change.path("region").asString(""),
                    above.equals("0") ? "" : above,
                    change.path("before").asString("-"),
                    change.path("after").asString("-"));
        }
        section(title, changes, table, out);
    }

    private static void reasons(String title, JsonNode reasons, PrintWriter out) {
        TextTable table = new TextTable("entry", "price", "why", "");
        for (JsonNode reason : head(reasons)) {
            table.add(
                    reason.path("entry").asString(""),
                    reason.path("price").asString(""),
                    reason.path("code").asString(""),
                    reason.path("detail").asString(""));
        }
        section(title, reasons, table, out);
    }

    private static void section(String title, JsonNode all, TextTable table, PrintWriter out) {
        if (all.isEmpty()) {
            return;
        }
        out.println(title);
        table.print(out);
        if (all.size() > SHOWN) {
            out.println("… and " + (all.size() - SHOWN) + " more; --json shows all");
        }
        out.println();
    }

    private static List<JsonNode> head(JsonNode array) {
        return array.values().stream().limit(SHOWN).toList();
    }
}
