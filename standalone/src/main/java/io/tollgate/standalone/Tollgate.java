package io.tollgate.standalone;

import io.tollgate.standalone.admin.AdminCommands;
import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.db.DbCommand;
import io.tollgate.standalone.prices.PricesCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code tollgate} command. */
@Command(
        name = "tollgate",
        mixinStandardHelpOptions = true,
        versionProvider = Tollgate.Version.class,
        description = "Meters LLM and API usage on Kafka: exact costs, no event lost, none counted twice.",
        subcommands = {UpCommand.class, PricesCommand.class, CommandLine.HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Tollgate {
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return AdminCommands.addTo(new CommandLine(new Tollgate()))
                .addSubcommand(new DbCommand())
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    command.getErr().println("error   " + Blame.of(thrown));
                    return ExitCode.of(thrown);
                });
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Tollgate.class.getPackage().getImplementationVersion();
            return new String[] {"tollgate " + (version == null ? "(not packaged)" : version)};
        }
    }
}
