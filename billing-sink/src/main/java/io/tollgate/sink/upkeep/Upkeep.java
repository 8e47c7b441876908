package io.tollgate.sink.upkeep;

import io.tollgate.schemas.database.RootMessage;
import io.tollgate.sink.partition.DailyPartitions;
import io.tollgate.sink.partition.DailyTable;
import io.tollgate.sink.retention.OldRows;
import io.tollgate.sink.stats.RollUps;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tables need every hour: days made ahead, what is past its time taken away, days that have ended rolled up. Each
 * step by itself: one that can't be done now keeps no other from its turn.
 */
public final class Upkeep {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    private final List<DailyPartitions> byDay;
    private final List<OldRows> byRow;
    private final RollUps rollUps;

    public Upkeep(List<DailyPartitions> byDay, List<OldRows> byRow, RollUps rollUps) {
        this.byDay = byDay;
        this.byRow = byRow;
        this.rollUps = rollUps;
    }

    /** Of all tables. */
    public static Upkeep of(DataSource database, Clock clock, Kept kept) {
        return new Upkeep(
                List.of(ledger(database, clock, kept), outcomes(database, clock, kept)),
                rows(database, clock, kept),
                new RollUps(database, clock));
    }

    public static DailyPartitions ledger(DataSource database, Clock clock, Kept kept) {
        return new DailyPartitions(database, clock, new DailyTable("cost_calculations", kept.ledger()));
    }

    public static DailyPartitions outcomes(DataSource database, Clock clock, Kept kept) {
        return new DailyPartitions(database, clock, new DailyTable("event_outcomes", kept.outcomes()));
    }

    /** Of the tables that are not by day. */
    public static List<OldRows> rows(DataSource database, Clock clock, Kept kept) {
        return List.of(
                new OldRows(database, clock, "accepted_submissions", "booked_on", kept.outcomes()),
                new OldRows(database, clock, "accepted_minutes", "minute", Kept.MINUTES),
                new OldRows(database, clock, "dead_letters", "recorded_at", kept.deadLetters()),
                new OldRows(database, clock, "usage_stats_intraday", "window_start", kept.intraday()),
                new OldRows(database, clock, "quota_resets", "window_end", kept.quotaResets()),
                new OldRows(database, clock, "cost_alerts", "raised_at", kept.alerts()));
    }

    /** All that there is to do. */
    public void run() {
        for (DailyPartitions table : byDay) {
            attempt(table.table(), table::makeAhead);
        }
        clean();
        attempt("usage_stats", rollUps::run);
    }

    /** Takes away what is past its time. */
    public void clean() {
        for (DailyPartitions table : byDay) {
            attempt(table.table(), table::dropOld);
        }
        for (OldRows rows : byRow) {
            attempt(rows.table(), rows::delete);
        }
    }

    /** What {@link #clean} would take away now. */
    public List<PastTime> pastTime() throws SQLException {
        List<PastTime> found = new ArrayList<>();
        for (DailyPartitions table : byDay) {
            for (LocalDate day : table.oldDays()) {
                found.add(new PastTime(table.table(), table.partition(day), table.rowsOf(day)));
            }
        }
        for (OldRows rows : byRow) {
            long old = rows.count();
            if (old > 0) {
                found.add(new PastTime(rows.table(), rows.table(), old));
            }
        }
        return found;
    }

    private static void attempt(String table, Step step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException e) {
            log.warn("the upkeep of {} waits for the next time: {}", table, RootMessage.of(e));
            log.debug("the upkeep of {}", table, e);
        }
    }
}
