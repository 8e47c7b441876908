package io.tollgate.standalone.config;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tollgate config show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows what a version changed, member by member.",
        footer = {"", "Example: tollgate config show 41"})
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "N", description = "The version's number.")
    private long number;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path = "/admin/v1/versions/" + number + "?limit=1000";
        JsonNode version = gateway.answer(api -> api.get(path));
        ArrayNode items = HttpApi.MAPPER.createArrayNode();
        JsonNode page = version;
        page.path("items").forEach(items::add);
        while (page.path("next_cursor").isString()) {
            String next =
                    path + "&cursor=" + HttpApi.encode(page.path("next_cursor").asString());
            page = gateway.answer(api -> api.get(next));
            page.path("items").forEach(items::add);
        }
        ((ObjectNode) version).set("items", items);
        gateway.show(version, ShowCommand::print);
        return 0;
    }

    private static void print(JsonNode version, PrintWriter out) {
        out.println("version  " + OutcomeText.text(version, "number") + " of " + OutcomeText.text(version, "at")
                + " by " + VersionsCommand.who(version.path("actor")));
        OutcomeText.changes(version.path("items"), out);
    }
}
