package io.tollgate.standalone;

import io.tollgate.standalone.admin.AdminCommands;
import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.config.ConfigCommand;
import io.tollgate.standalone.db.DbCommand;
import io.tollgate.standalone.dead.DeadLettersCommand;
import io.tollgate.standalone.doctor.DoctorCommand;
import io.tollgate.standalone.events.EventsCommand;
import io.tollgate.standalone.export.ExportCommand;
import io.tollgate.standalone.periods.PeriodsCommand;
import io.tollgate.standalone.prices.PricesCommand;
import io.tollgate.standalone.send.SendCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The {@code tollgate} command. */
@Command(
        name = "tollgate",
        mixinStandardHelpOptions = true,
        versionProvider = Tollgate.Version.class,
        description = "Meters LLM and API usage on Kafka: exact costs, no event lost, none counted twice.",
        subcommands = {
            UpCommand.class,
            SendCommand.class,
            ExportCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "From nothing to a priced event, beside a running 'tollgate up':",
            "  tollgate companies set acme --name Acme --currency USD",
            "  tollgate keys create --company acme --name first --scopes ingest,read --secret-file acme.key",
            "  tollgate prices set --provider acme-lab --model house-1 --dimension input --per-million 2.50",
            "  tollgate quotas set acme-month --company acme --metric cost --limit 500 --period month",
            "  tollgate send event.json --token-file acme.key",
            "Then: tollgate events show SOURCE ID --company acme, tollgate quotas status. What is wrong: tollgate doctor.",
            "",
            "Which services, and who calls: --url and --token of each command, else TOLLGATE_URL and TOLLGATE_TOKEN, else",
            "what the running 'up' left in .tollgate."
        })
public final class Tollgate {
    private static final String UP = "up";
    /** An example is one line. */
    private static final int HELP_WIDTH = 120;

    public static void main(String[] args) {
        if (args.length == 0 || !args[0].equals(UP)) {
            Logs.areSilent();
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine tollgate = AdminCommands.addTo(new CommandLine(new Tollgate()))
                .addSubcommand(PricesCommand.command())
                .addSubcommand(EventsCommand.command())
                .addSubcommand(DeadLettersCommand.command())
                .addSubcommand(new PeriodsCommand())
                .addSubcommand(new DbCommand())
                .addSubcommand(new ConfigCommand())
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    command.getErr().println("error   " + Blame.of(thrown));
                    return ExitCode.of(thrown);
                });
        sayExitCodes(tollgate.setUsageHelpWidth(HELP_WIDTH));
        return tollgate;
    }

    /** They are the same for every command that does not say otherwise. */
    private static void sayExitCodes(CommandLine command) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        if (command.getSubcommands().isEmpty() && help.exitCodeList().isEmpty()) {
            Map<String, String> codes = new LinkedHashMap<>();
            ExitCode.HELP.forEach(line -> codes.put(line.substring(0, 1), line.substring(2)));
            help.exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
        }
        command.getSubcommands().values().forEach(Tollgate::sayExitCodes);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Tollgate.class.getPackage().getImplementationVersion();
            return new String[] {"tollgate " + (version == null ? "(not packaged)" : version)};
        }
    }
}
