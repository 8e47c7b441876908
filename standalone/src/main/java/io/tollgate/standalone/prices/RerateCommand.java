package io.tollgate.standalone.prices;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code tollgate prices rerate}: a job of the gateway, watched to its end. */
@Command(
        name = "rerate",
        mixinStandardHelpOptions = true,
        description = "Rates past events again that cost something else by the book of now, as delta rows.",
        footer = {
            "",
            "With --only-unpriced: what waited for a price. Without any option: whatever costs something else now.",
            "The job is the gateway's: whoever stops watching (Ctrl-C) does not stop it.",
            "",
            "Example: tollgate prices rerate --provider openai --model gpt-5 --dry-run",
            "",
            "A job that failed, or that somebody paused or cancelled, ends with exit code 1."
        })
final class RerateCommand implements Callable<Integer> {
    private static final String PATH = "/admin/v1/reratings";
    private static final long LOOK_MILLIS = 500;
    private static final Set<String> STOPS = Set.of("paused", "cancelled");

    @Option(names = "--provider", paramLabel = "NAME", description = "Only this provider's events.")
    private @Nullable String provider;

    @Option(names = "--model", paramLabel = "NAME", description = "Only this model's.")
    private @Nullable String model;

    @Option(names = "--company", paramLabel = "ID", description = "Only this company's.")
    private @Nullable String company;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Time of the events, 2026-11-01T00:00:00Z say (default: 35 days ago, which is as far as it goes).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Events before it (default: no end).")
    private @Nullable String to;

    @Option(names = "--only-unpriced", description = "Leaves alone what has a cost.")
    private boolean onlyUnpriced;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Is on every row that is written.")
    private @Nullable String reason;

    @Option(names = "--dry-run", description = "Counts events and money and changes nothing.")
    private boolean dryRun;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode job = gateway.answer(api -> api.send("POST", PATH, asked()));
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        String id = job.path("id").asString("");
        String said = "";
        while (!isOver(job)) {
            String now = id + "  " + job.path("phase").asString(status(job)) + "  "
                    + job.path("percent").asString("0") + " %";
            if (!now.equals(said)) {
                err.println(now);
                err.flush();
                said = now;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            job = gateway.answer(api -> api.get(PATH + "/" + id));
        }
        gateway.show(job, this::print);
        return status(job).equals("done") ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Map<String, Object> asked() {
        Map<String, Object> asked = new LinkedHashMap<>();
        put(asked, "provider", provider);
        put(asked, "model", model);
        put(asked, "company", company);
        put(asked, "from", from);
        put(asked, "to", to);
        put(asked, "only", onlyUnpriced ? "unpriced" : null);
        put(asked, "reason", reason);
        asked.put("dry_run", dryRun);
        return asked;
    }

    private static void put(Map<String, Object> asked, String name, @Nullable String value) {
        if (value != null) {
            asked.put(name, value);
        }
    }

    private static boolean isOver(JsonNode job) {
        String status = status(job);
        return status.equals("done") || status.equals("failed") || STOPS.contains(status);
    }

    private static String status(JsonNode job) {
        return job.path("status").asString("");
    }

    private void print(JsonNode job, PrintWriter out) {
        TextTable money = new TextTable("currency", "cost before", "after", "change", "list before", "after", "change");
        for (JsonNode one : job.path("money")) {
            money.add(
                    one.path("currency").asString(""),
                    one.path("cost_before").asString(""),
                    one.path("cost_after").asString(""),
                    one.path("cost_change").asString(""),
                    one.path("list_cost_before").asString(""),
                    one.path("list_cost_after").asString(""),
                    one.path("list_cost_change").asString(""));
        }
        if (!job.path("money").isEmpty()) {
            money.print(out);
            out.println();
        }
        out.printf(
                "%s %s: %s events cost something else, %s of them got their first price%n",
                job.path("id").asString(""),
                status(job),
                job.path("events").asString("0"),
                job.path("newly_priced").asString("0"));
        if (job.hasNonNull("error")) {
            out.println("because: " + job.path("error").asString(""));
        }
        if (dryRun) {
            out.println("nothing was changed: this was a dry run");
        }
    }
}
