package io.tollgate.standalone.events;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tollgate events …}. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "What became of an event.",
        subcommands = ShowCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class EventsCommand {
    private EventsCommand() {}

    public static CommandLine command() {
        return new CommandLine(new EventsCommand());
    }
}
