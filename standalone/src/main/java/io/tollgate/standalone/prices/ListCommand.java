package io.tollgate.standalone.prices;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code tollgate prices list}: what is or was in force, all pages of it. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows the prices that are or were in force.",
        footer = {"", "Example: tollgate prices list --provider openai --model gpt-5"})
final class ListCommand implements Callable<Integer> {
    @Option(names = "--provider", paramLabel = "NAME", description = "Only this provider's.")
    private @Nullable String provider;

    @Option(names = "--model", paramLabel = "NAME", description = "Only this model's.")
    private @Nullable String model;

    @Option(names = "--company", paramLabel = "ID", description = "A company's own prices and markups.")
    private @Nullable String company;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "In force then, 2026-11-01T00:00:00Z say (default: now).")
    private @Nullable String at;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        parameters.put("provider", provider);
        parameters.put("model", model);
        parameters.put("company", company);
        parameters.put("at", at);
        gateway.show(gateway.list("/admin/v1/prices", parameters), ListCommand::print);
        return 0;
    }

    private static void print(JsonNode all, PrintWriter out) {
        JsonNode items = all.path("items");
        if (items.isEmpty()) {
            out.println("no price is in force for that");
            return;
        }
        TextTable table = new TextTable(
                "company",
                "provider",
                "model",
                "dimension",
                "tier",
                "region",
                "variant",
                "hours",
                "above",
                "price",
                "currency",
                "from",
                "to");
        for (JsonNode item : items) {
            String factor = item.path("multiplier").asString("");
            String above = item.path("tier_from").asString("");
            table.add(
                    item.path("company").asString(""),
                    item.path("provider").asString(""),
                    item.path("model").asString(""),
                    item.path("dimension").asString(""),
                    item.path("service_tier").asString(""),
                    factor.isEmpty() ? item.path("region").asString("") : when(item),
                    item.path("variant").asString(""),
                    item.path("time_window_utc").asString(""),
                    above.equals("0") ? "" : above,
                    factor.isEmpty() ? item.path("unit_price").asString("") : "× " + factor,
                    item.path("currency").asString(""),
                    item.path("effective_from").asString(""),
                    item.path("effective_to").asString(""));
        }
        table.print(out);
    }

    private static String when(JsonNode item) {
        StringBuilder text = new StringBuilder();
        item.path("when").properties().forEach(condition -> text.append(text.isEmpty() ? "" : ",")
                .append(condition.getKey())
                .append('=')
                .append(condition.getValue().asString("")));
        return text.toString();
    }
}
