package io.tollgate.standalone.prices;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tollgate prices quote}: why does this cost that? */
@Command(
        name = "quote",
        mixinStandardHelpOptions = true,
        description = "Prices a usage without storing it, line by line.",
        footer = {
            "",
            "FILE holds an event's data, with 'company' and 'at' where they matter:",
            "  {\"provider\":\"openai\",\"model\":\"gpt-4o\",\"dimensions\":{\"input\":1200,\"output\":300}}",
            "",
            "Example: tollgate prices quote usage.json",
            "",
            "A usage without a price is a failure: exit code 1."
        })
final class QuoteCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Parameters(paramLabel = "FILE", description = "The usage as JSON; - reads it from the input.")
    private Path file = Path.of("-");

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        byte[] usage = GatewayOptions.read(file);
        JsonNode quote = gateway.answer(api -> api.post("/admin/v1/prices/quote", usage, PATIENCE));
        gateway.show(quote, QuoteCommand::print);
        return quote.path("status").asString("").equals("priced") ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void print(JsonNode quote, PrintWriter out) {
        TextTable table = new TextTable("dimension", "quantity", "price", "×", "cost", "above", "match", "item");
        for (JsonNode line : quote.path("lines")) {
            String above = line.path("tier_from").asString("");
            table.add(
                    line.path("dimension").asString(""),
                    line.path("quantity").asString(""),
                    line.path("unit_price").asString(""),
                    line.path("multiplier").asString(""),
                    line.path("cost").asString("none"),
                    above.equals("0") ? "" : above,
                    line.path("price_match").asString(""),
                    line.path("price_item").asString(""));
        }
        table.print(out);
        String code = quote.path("code").asString("");
        out.printf(
                "%n%s %s at %s: %s%n",
                quote.path("provider").asString(""),
                quote.path("model").asString(""),
                quote.path("at").asString(""),
                quote.path("status").asString("") + (code.isEmpty() ? "" : " (" + code + ")"));
        String cost = quote.path("cost").asString("");
        if (!cost.isEmpty()) {
            out.printf(
                    "cost %s %s, list %s%n",
                    cost,
                    quote.path("currency").asString(""),
                    quote.path("list_cost").asString("none"));
        }
    }
}
