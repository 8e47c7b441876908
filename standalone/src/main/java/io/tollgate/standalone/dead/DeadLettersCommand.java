package io.tollgate.standalone.dead;

import io.tollgate.standalone.client.Flag;
import io.tollgate.standalone.client.UsageList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tollgate dead-letters …}. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "What could not be read or done, with the reason; and sending it in again.",
        subcommands = {ShowCommand.class, ReplayCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {
    static final String PATH = "/v1/dead-letters";

    private static final List<Flag> FILTERS = Stream.concat(
                    UsageList.TIMES.stream(),
                    Stream.of(
                            Flag.text("--company", "company", "Only this company's."),
                            Flag.text("--code", "code", "Only those with this reason, unmatched say.")))
            .toList();

    private DeadLettersCommand() {}

    public static CommandLine command() {
        return new CommandLine(new DeadLettersCommand())
                .addSubcommand(
                        "list",
                        UsageList.of(
                                PATH,
                                "Shows them, the newest first.",
                                "dead-letters list --code unmatched --company acme",
                                List.of("/id", "/at", "/code", "/company", "/source", "/event_id", "/detail"),
                                FILTERS));
    }
}
