package io.tollgate.standalone.prices;

import io.tollgate.standalone.client.Flag;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.TextTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tollgate prices set}: adds price items, one by options or many by a file. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Adds prices: one by options, or many by a file. Those in force before end where these begin.",
        footer = {
            "",
            "Examples: tollgate prices set --provider openai --model gpt-5 --dimension input --per-million 1.25",
            "          tollgate prices set --company acme --dimension '*' --multiplier 1.2",
            "          tollgate prices set prices.json",
            "",
            "FILE holds an array of price items as the admin API takes it. All of them are added, or none."
        })
final class SetCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MILLION = 6;
    private static final String USUAL_CURRENCY = "USD";
    private static final List<Flag> FLAGS = List.of(
            Flag.text("--provider", "provider", "Whose model, openai say."),
            Flag.text("--model", "model", "Its name."),
            Flag.text("--dimension", "dimension", "What is priced: input, output, cache_read, image …"),
            Flag.text("--unit-price", "unit_price", "Of one token, image, second …"),
            Flag.text("--unit", "unit", "What one is (default: as the dimension has it)."),
            Flag.text("--currency", "currency", "Of the price (default: " + USUAL_CURRENCY + ")."),
            Flag.text("--multiplier", "multiplier", "In place of a price: what the others are multiplied by."),
            Flag.text("--company", "company", "For this company alone."),
            Flag.text("--service-tier", "service_tier", "batch or priority, say (default: standard)."),
            Flag.text("--region", "region", "In this region alone."),
            Flag.text("--variant", "variant", "Of this variant alone."),
            Flag.text("--tier-from", "tier_from", "Above that many tokens of input."),
            Flag.text("--effective-from", "effective_from", "When it begins (default: now)."),
            Flag.text("--effective-to", "effective_to", "When it ends (default: when another begins)."));

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Price items as JSON; - reads them from the input.")
    private @Nullable Path file;

    @Option(
            names = "--per-million",
            paramLabel = "PRICE",
            description = "Of a million, as price lists say it; in place of --unit-price.")
    private @Nullable BigDecimal perMillion;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private SetCommand() {}

    static CommandLine command() {
        CommandLine command = new CommandLine(new SetCommand());
        FLAGS.forEach(flag -> command.getCommandSpec().addOption(flag.option()));
        return command;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine own = Objects.requireNonNull(spec).commandLine();
        boolean byOptions = perMillion != null || Flag.anyOf(FLAGS, own.getParseResult());
        if (byOptions == (file != null)) {
            throw new ParameterException(own, "say the price by options, or name a FILE of prices");
        }
        byte[] items = file == null
                ? HttpApi.MAPPER.writeValueAsBytes(List.of(item(own.getParseResult())))
                : items(GatewayOptions.read(file));
        gateway.show(gateway.answer(api -> api.post("/admin/v1/prices", items, PATIENCE)), (made, out) -> {
            JsonNode added = made.path("items");
            if (added.isArray()) {
                TextTable.of(added, COLUMNS, out);
            }
            out.println("version  " + made.path("version").asString(""));
        });
        return 0;
    }

    private static final List<String> COLUMNS = List.of(
            "/company",
            "/provider",
            "/model",
            "/dimension",
            "/service_tier",
            "/region",
            "/unit_price",
            "/multiplier",
            "/currency",
            "/effective_from",
            "/effective_to");

    private ObjectNode item(ParseResult parsed) {
        ObjectNode item = HttpApi.MAPPER.createObjectNode();
        Flag.apply(FLAGS, parsed, item);
        if (perMillion != null) {
            item.put("unit_price", perMillion.movePointLeft(MILLION).toPlainString());
        }
        if (!item.has("currency") && item.has("unit_price")) {
            item.put("currency", USUAL_CURRENCY);
        }
        if (!item.has("effective_from")) {
            item.put(
                    "effective_from",
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return item;
    }

    /** What 'prices list --json' prints is taken too. */
    private byte[] items(byte[] read) throws IOException {
        try {
            JsonNode tree = HttpApi.MAPPER.readTree(read);
            return HttpApi.MAPPER.writeValueAsBytes(tree.path("items").isArray() ? tree.path("items") : tree);
        } catch (JacksonException e) {
            throw new IOException(file + " is no JSON");
        }
    }
}
