package io.tollgate.standalone.prices;

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
        return new CommandLine(new PricesCommand()).addSubcommand(SetCommand.command());
    }
}
