package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.Flag;
import io.tollgate.standalone.client.UsageList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands on what the admin API keeps: the same verbs for each kind, and its own beside them. */
public final class AdminCommands {
    private static final Flag COMPANY = Flag.text("--company", "company", "Only this company's.");
    private static final Flag USER = Flag.text("--user", "user", "Only this user's.");
    private static final Flag KEY = Flag.text("--key", "key", "Only this key's.");

    private AdminCommands() {}

    /** Adds them to the command that they are part of. */
    public static CommandLine addTo(CommandLine tollgate) {
        return tollgate.addSubcommand(verbs(new CommandLine(new CompaniesCommand()), Resource.COMPANY))
                .addSubcommand(verbs(new CommandLine(new UsersCommand()), Resource.USER)
                        .addSubcommand("block", BlockCommand.of(true))
                        .addSubcommand("unblock", BlockCommand.of(false)))
                .addSubcommand(keys())
                .addSubcommand(verbs(new CommandLine(new QuotasCommand()), Resource.QUOTA)
                        .addSubcommand(new ResetCommand())
                        .addSubcommand("status", status()))
                .addSubcommand(new CommandLine(new AlertsCommand())
                        .addSubcommand("list", alerts())
                        .addSubcommand(verbs(new CommandLine(new RulesCommand()), Resource.ALERT_RULE)))
                .addSubcommand(verbs(new CommandLine(new WebhooksCommand()), Resource.WEBHOOK)
                        .addSubcommand(RotateCommand.overlapping(Resource.WEBHOOK)))
                .addSubcommand(verbs(new CommandLine(new AdminsCommand()), Resource.ADMINISTRATOR)
                        .addSubcommand(RotateCommand.atOnce(Resource.ADMINISTRATOR)))
                .addSubcommand(new CommandLine(new AuditCommand()).addSubcommand("list", audit()));
    }

    private static CommandLine verbs(CommandLine of, Resource resource) {
        return of.addSubcommand(ListCommand.of(resource))
                .addSubcommand(ShowCommand.of(resource))
                .addSubcommand(SetCommand.of(resource))
                .addSubcommand("delete", DeleteCommand.of(resource, "deleted"));
    }

    /** A key is made and not set, and ends by being revoked: its id stays on what it sent. */
    private static CommandLine keys() {
        return new CommandLine(new KeysCommand())
                .addSubcommand(KeyCreateCommand.command())
                .addSubcommand(ListCommand.of(Resource.KEY))
                .addSubcommand(ShowCommand.of(Resource.KEY))
                .addSubcommand(SetCommand.of(Resource.KEY))
                .addSubcommand(RotateCommand.overlapping(Resource.KEY))
                .addSubcommand("block", KeyBlockCommand.of("block"))
                .addSubcommand("unblock", KeyBlockCommand.of("unblock"))
                .addSubcommand("revoke", DeleteCommand.of(Resource.KEY, "revoked"))
                .addSubcommand("used", used());
    }

    private static CommandLine used() {
        return UsageList.of(
                "/v1/keys",
                "Shows when keys were last used, and how often.",
                "keys used --company acme",
                List.of("/id", "/company", "/user", "/name", "/prefix", "/state", "/last_used_at", "/usage_count"),
                List.of(COMPANY));
    }

    private static CommandLine status() {
        return UsageList.of(
                "/v1/quotas",
                "Shows how quotas stand: what is used of them, and what is left.",
                "quotas status --company acme",
                List.of(
                        "/id",
                        "/company",
                        "/user",
                        "/key",
                        "/metric",
                        "/currency",
                        "/used",
                        "/reserved",
                        "/limit",
                        "/remaining",
                        "/status",
                        "/resets_at"),
                List.of(COMPANY, USER, KEY, Flag.text("--quota", "id", "Only this quota's.")));
    }

    private static CommandLine alerts() {
        return UsageList.of(
                "/v1/alerts",
                "Shows the alerts that were raised.",
                "alerts list --company acme --from 2026-11-01T00:00:00Z",
                List.of(
                        "/raised_at",
                        "/rule",
                        "/kind",
                        "/resolved",
                        "/company",
                        "/user",
                        "/key",
                        "/quota",
                        "/threshold",
                        "/value",
                        "/metric",
                        "/currency"),
                and(
                        UsageList.TIMES,
                        COMPANY,
                        USER,
                        KEY,
                        Flag.text("--rule", "rule", "Only this rule's."),
                        Flag.text("--kind", "kind", "Only of this kind, spend say."),
                        Flag.text("--quota", "quota", "Only this quota's.")));
    }

    private static CommandLine audit() {
        return UsageList.of(
                "/v1/audit",
                "Shows who changed what. --json shows before and after.",
                "audit list --kind quota --company acme",
                List.of(
                        "/at",
                        "/version",
                        "/actor/kind",
                        "/actor/id",
                        "/actor/address",
                        "/action",
                        "/kind",
                        "/id",
                        "/company"),
                and(
                        UsageList.TIMES,
                        COMPANY,
                        Flag.text("--kind", "kind", "Only changes of this kind, quota say."),
                        Flag.text("--id", "id", "Only of what has this id."),
                        Flag.text("--action", "action", "Only such changes, deleted say."),
                        Flag.text("--actor", "actor", "Only by this administrator."),
                        Flag.text("--config-version", "version", "Only this change of the configuration.")));
    }

    private static List<Flag> and(List<Flag> first, Flag... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    @Command(
            name = "companies",
            mixinStandardHelpOptions = true,
            description = "Whose usage is metered.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class CompaniesCommand {}

    @Command(
            name = "users",
            mixinStandardHelpOptions = true,
            description = "What is known of users, and who is blocked.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class UsersCommand {}

    @Command(
            name = "keys",
            mixinStandardHelpOptions = true,
            description = "What a company's services call with.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class KeysCommand {}

    @Command(
            name = "quotas",
            mixinStandardHelpOptions = true,
            description = "Rate limits, token limits and budgets.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class QuotasCommand {}

    @Command(
            name = "alerts",
            mixinStandardHelpOptions = true,
            description = "Who was told what, and who is told when.",
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
            name = "admins",
            mixinStandardHelpOptions = true,
            description = "Named administrators, whom the audit tells apart.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class AdminsCommand {}

    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            description = "Who changed what, when and from where.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class AuditCommand {}
}
