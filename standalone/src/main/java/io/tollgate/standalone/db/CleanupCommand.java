package io.tollgate.standalone.db;

import io.tollgate.sink.upkeep.Kept;
import io.tollgate.sink.upkeep.PastTime;
import io.tollgate.sink.upkeep.Upkeep;
import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tollgate db cleanup}: what a sink does every hour, now. */
@Command(
        name = "cleanup",
        mixinStandardHelpOptions = true,
        description = "Drops what is past its time, as billing-sink does every hour.",
        footer = {"", "Example: tollgate db cleanup --dry-run"})
final class CleanupCommand implements Callable<Integer> {
    @Option(names = "--dry-run", description = "Says what would go and drops nothing.")
    private boolean dryRun;

    @Mixin
    private Retention retention = new Retention();

    @Mixin
    private DatabaseOptions options = new DatabaseOptions();

    /**
     * What went.
     *
     * @param left what is still there although it is past its time: somebody is reading it
     */
    record Report(boolean dry_run, List<PastTime> items, List<PastTime> left) {}

    @Override
    public Integer call() throws SQLException, IOException {
        Kept kept = retention.kept();
        return options.run((database, schema) -> cleanUp(database, kept));
    }

    private int cleanUp(DataSource database, Kept kept) throws SQLException {
        Upkeep upkeep = Upkeep.of(database, Clock.systemUTC(), kept);
        List<PastTime> old = upkeep.pastTime();
        if (!dryRun) {
            upkeep.clean();
        }
        Report report = new Report(dryRun, old, dryRun ? List.of() : upkeep.pastTime());
        options.show(report, out -> print(report, out));
        return report.left().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void print(Report report, PrintWriter out) {
        if (report.items().isEmpty()) {
            out.println("nothing is past its time");
            return;
        }
        table(report.items(), out);
        out.println();
        if (report.dry_run()) {
            out.println("nothing was dropped: this was a dry run");
        } else if (report.left().isEmpty()) {
            out.println("all of it was dropped");
        } else {
            out.println("dropped, but for what is in use; try again later:");
            table(report.left(), out);
        }
    }

    private static void table(List<PastTime> items, PrintWriter out) {
        TextTable table = new TextTable("table", "what", "rows");
        items.forEach(item -> table.add(
                item.table(), item.what().equals(item.table()) ? "rows" : item.what(), Long.toString(item.rows())));
        table.print(out);
    }
}
