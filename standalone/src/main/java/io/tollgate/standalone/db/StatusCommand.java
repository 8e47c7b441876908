package io.tollgate.standalone.db;

import io.tollgate.sink.migration.Migrations;
import io.tollgate.standalone.client.ExitCode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tollgate db status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the versions of the schema, those that the database has and those that it has not.",
        footer = {"", "Example: tollgate db status --exit-code"})
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--exit-code", description = "Exits with 4 where a version is pending.")
    private boolean exitCode;

    @Mixin
    private DatabaseOptions options = new DatabaseOptions();

    @Override
    public Integer call() throws SQLException, IOException {
        return options.run((database, schema) -> {
            SchemaReport report = SchemaReport.of(schema, new Migrations(database, schema).list());
            options.show(report, report::print);
            return exitCode && report.pending() > 0 ? ExitCode.DIFFERENT : ExitCode.DONE;
        });
    }
}
