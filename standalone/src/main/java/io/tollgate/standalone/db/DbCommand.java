package io.tollgate.standalone.db;

import picocli.CommandLine.Command;

/** {@code tollgate db …}. */
@Command(
        name = "db",
        mixinStandardHelpOptions = true,
        description =
                "Brings the schema in PostgreSQL up to date or back, cleans it up, and says who needs which rights.",
        subcommands = {
            MigrateCommand.class,
            StatusCommand.class,
            RollbackCommand.class,
            CleanupCommand.class,
            GrantsCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class DbCommand {}
