package io.tollgate.standalone.db;

import io.tollgate.sink.migration.Migrations;
import io.tollgate.standalone.client.ExitCode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tollgate db migrate}. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Brings the schema up to date, making it where it is missing.",
        footer = {"", "Example: tollgate db migrate --url \"$DATABASE_URL\""})
final class MigrateCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions options = new DatabaseOptions();

    @Override
    public Integer call() throws SQLException, IOException {
        return options.run((database, schema) -> {
            Migrations migrations = new Migrations(database, schema);
            int applied = migrations.migrate();
            SchemaReport report = SchemaReport.of(schema, migrations.list());
            options.show(report, out -> out.println(report.line() + " (" + applied + " applied)"));
            return ExitCode.DONE;
        });
    }
}
