package io.tollgate.standalone.prices;

import io.tollgate.standalone.client.Flag;
import io.tollgate.standalone.client.UsageList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tollgate prices …}: thin clients of the gateway's admin API. */
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        description = "Sets, imports, lists and explains prices, and rates past events by them.",
        subcommands = {ImportCommand.class, ListCommand.class, QuoteCommand.class, RerateCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class PricesCommand {
    private PricesCommand() {}

    public static CommandLine command() {
        return new CommandLine(new PricesCommand())
                .addSubcommand(SetCommand.command())
                .addSubcommand("unpriced", unpriced());
    }

    private static CommandLine unpriced() {
        return UsageList.of(
                "/v1/unpriced",
                "Shows which models were used without a price in the last 35 days, and what they lack.",
                "prices unpriced --company acme",
                List.of(
                        "/company",
                        "/provider",
                        "/model",
                        "/code",
                        "/requests",
                        "/without_price",
                        "/first_seen",
                        "/last_seen"),
                List.of(
                        Flag.text("--company", "company", "Only this company's."),
                        Flag.text("--provider", "provider", "Only this provider's."),
                        Flag.text("--model", "model", "Only this model's.")));
    }
}
