package io.tollgate.standalone.admin;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands on what the admin API keeps: the same verbs for each kind, and its own beside them. */
public final class AdminCommands {
    private AdminCommands() {}

    /** Adds them to the command that they are part of. */
    public static CommandLine addTo(CommandLine tollgate) {
        return tollgate.addSubcommand(verbs(new CommandLine(new QuotasCommand()), Resource.QUOTA)
                        .addSubcommand(new ResetCommand()))
                .addSubcommand(new CommandLine(new AlertsCommand())
                        .addSubcommand(verbs(new CommandLine(new RulesCommand()), Resource.ALERT_RULE)))
                .addSubcommand(verbs(new CommandLine(new WebhooksCommand()), Resource.WEBHOOK)
                        .addSubcommand(new RotateCommand()))
                .addSubcommand(new CommandLine(new UsersCommand())
                        .addSubcommand("block", new BlockCommand(true))
                        .addSubcommand("unblock", new BlockCommand(false)));
    }

    private static CommandLine verbs(CommandLine of, Resource resource) {
        return of.addSubcommand(new ListCommand(resource))
                .addSubcommand(new ShowCommand(resource))
                .addSubcommand(new SetCommand(resource))
                .addSubcommand(new DeleteCommand(resource));
    }

    @Command(
            name = "quotas",
            mixinStandardHelpOptions = true,
            description = "Rate limits, token limits and budgets.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class QuotasCommand {}

    @Command(
            name = "alerts",
            mixinStandardHelpOptions = true,
            description = "Who is told when.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class AlertsCommand {}

    @Command(
            name = "rules",
            mixinStandardHelpOptions = true,
            description = "When somebody is told.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class RulesCommand {}

    @Command(
            name = "webhooks",
            mixinStandardHelpOptions = true,
            description = "Where alerts are sent.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class WebhooksCommand {}

    @Command(
            name = "users",
            mixinStandardHelpOptions = true,
            description = "Users whose admissions are denied.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class UsersCommand {}
}
