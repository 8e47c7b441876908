package io.tollgate.standalone.db;

import io.tollgate.sink.migration.Migrations;
import io.tollgate.sink.migration.Rollback;
import io.tollgate.sink.migration.Version;
import io.tollgate.standalone.client.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tollgate db rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Undoes the newest version of the schema, with what is in its tables.",
        footer = {
            "",
            "Example: tollgate db rollback --yes",
            "",
            "Stop every billing-sink first: one that runs would go on writing, and one with",
            "DB_AUTO_MIGRATE=true brings the version back when it starts. Then start the",
            "older release."
        })
final class RollbackCommand implements Callable<Integer> {
    @Option(
            names = "--to",
            paramLabel = "N",
            description = "The version to be at (default: one back). 0 drops the books themselves.")
    private @Nullable Integer to;

    @Option(names = "--yes", description = "Does it; without it is only told what would be undone.")
    private boolean yes;

    @Option(names = "--force", description = "Does it even while a billing-sink is connected.")
    private boolean force;

    @Mixin
    private DatabaseOptions options = new DatabaseOptions();

    @Override
    public Integer call() throws SQLException, IOException {
        return options.run(this::rollBack);
    }

    private int rollBack(DataSource database, String schema) throws SQLException, IOException {
        Migrations migrations = new Migrations(database, schema);
        int current = Migrations.current(migrations.list());
        int target = to == null ? current - 1 : to;
        if (target < 0 || target > current || (target == 0 && to == null)) {
            throw new IOException("the schema " + schema + " is at version " + current
                    + (to == null ? "; say --to 0 if the books are to be dropped" : " and can't go back to " + target));
        }
        Rollback rollback = new Rollback(database, schema);
        List<Version> undone = yes ? rollback.to(target, force) : rollback.after(target);
        SchemaReport report = SchemaReport.of(schema, migrations.list());
        options.show(report, out -> print(undone, report, out));
        return yes || undone.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(List<Version> undone, SchemaReport report, PrintWriter out) {
        undone.forEach(version ->
                out.println((yes ? "undone   " : "to undo  ") + version.number() + "  " + version.description()));
        out.println(yes || undone.isEmpty() ? report.line() : "nothing was changed: say --yes to do it");
    }
}
