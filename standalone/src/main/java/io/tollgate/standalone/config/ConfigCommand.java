package io.tollgate.standalone.config;

import picocli.CommandLine.Command;

/** {@code tollgate config}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Everything configured as one file, and its versions.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ExportCommand.class,
            DiffCommand.class,
            ApplyCommand.class,
            VersionsCommand.class,
            ShowCommand.class,
            RestoreCommand.class
        })
public final class ConfigCommand {}
