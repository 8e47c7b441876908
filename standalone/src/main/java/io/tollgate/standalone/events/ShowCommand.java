package io.tollgate.standalone.events;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import io.tollgate.standalone.client.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tollgate events show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows an event's state, and what it costs, line by line.",
        footer = {"", "Example: tollgate events show --company acme search-service req-1"})
final class ShowCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 404;
    private static final long LOOK_MILLIS = 200;
    private static final List<String> LINES =
            List.of("/dimension", "/quantity", "/unit_price", "/multiplier", "/cost", "/price_match");

    @Parameters(index = "0", paramLabel = "SOURCE", description = "Who sent it, as it says itself.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Option(names = "--company", required = true, paramLabel = "ID", description = "Whose it is.")
    private String company = "";

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "For how long to ask again for one that is still on its way (default: ${DEFAULT-VALUE}).")
    private int wait = 10;

    @Mixin
    private GatewayOptions services = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        services.show(services.usage(this::ask), ShowCommand::print);
        return ExitCode.DONE;
    }

    private Answer ask(HttpApi api) throws IOException, InterruptedException {
        String path = "/v1/events?company=" + HttpApi.encode(company) + "&source=" + HttpApi.encode(source) + "&id="
                + HttpApi.encode(id);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(wait);
        Answer answer = api.get(path);
        while (answer.status() == NOT_FOUND && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            answer = api.get(path);
        }
        return answer;
    }

    private static void print(JsonNode event, PrintWriter out) {
        if (!event.path("lines").isEmpty()) {
            TextTable.of(event.path("lines"), LINES, out);
            out.println();
        }
        String code = event.path("code").asString("");
        out.printf(
                "%s %s at %s: %s%n",
                event.path("provider").asString(""),
                event.path("model").asString(""),
                event.path("event_time").asString(""),
                event.path("state").asString("") + (code.isEmpty() ? "" : " (" + code + ")"));
        long again = event.path("duplicates").asLong();
        long other = event.path("conflicts").asLong();
        if (again + other > 0) {
            out.printf(
                    "sent again %d times, and %d times with other content, which counts for nothing%n", again, other);
        }
        if (event.path("state").asString("").equals("unpriced")) {
            out.println("what it lacks: ./tollgate prices unpriced --company "
                    + event.path("company").asString(""));
        }
        if (event.hasNonNull("cost")) {
            out.printf(
                    "cost %s %s, list %s%n",
                    event.path("cost").asString(""),
                    event.path("currency").asString(""),
                    event.path("list_cost").asString("none"));
        }
    }
}
