package io.tollgate.standalone.config;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code tollgate config versions}. */
@Command(
        name = "versions",
        mixinStandardHelpOptions = true,
        description = "Shows who changed what when, the newest first.",
        footer = {"", "Example: tollgate config versions --limit 5"})
final class VersionsCommand implements Callable<Integer> {
    @Option(names = "--limit", paramLabel = "N", description = "How many, 1000 at most (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        gateway.show(gateway.answer(api -> api.get("/admin/v1/versions?limit=" + limit)), VersionsCommand::print);
        return 0;
    }

    private static void print(JsonNode page, PrintWriter out) {
        TextTable table = new TextTable("version", "at", "who", "from", "what");
        for (JsonNode version : page.path("items")) {
            table.add(
                    OutcomeText.text(version, "number"),
                    OutcomeText.text(version, "at"),
                    who(version.path("actor")),
                    OutcomeText.text(version.path("actor"), "address"),
                    OutcomeText.text(version, "summary"));
        }
        table.print(out);
    }

    /** A named administrator by name, anybody else by what he came with. */
    static String who(JsonNode actor) {
        String id = OutcomeText.text(actor, "id");
        return id.isEmpty() ? OutcomeText.text(actor, "kind") : id;
    }
}
