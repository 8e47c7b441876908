package io.tollgate.sink;

import io.tollgate.schemas.database.RootMessage;
import io.tollgate.sink.partition.DailyPartitions;
import io.tollgate.sink.retention.OldRows;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tables need every hour: days made ahead, and what is past its time taken away. Each step by itself: one that
 * can't be done now keeps no other from its turn.
 */
final class Upkeep {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    private final List<DailyPartitions> byDay;
    private final List<OldRows> byRow;

    Upkeep(List<DailyPartitions> byDay, List<OldRows> byRow) {
        this.byDay = byDay;
        this.byRow = byRow;
    }

    void run() {
        for (DailyPartitions table : byDay) {
            attempt(table.table(), table::makeAhead);
            attempt(table.table(), table::dropOld);
        }
        for (OldRows rows : byRow) {
            attempt(rows.table(), rows::delete);
        }
    }

    private static void attempt(String table, Step step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException e) {
            log.warn("the upkeep of {} waits for the next hour: {}", table, RootMessage.of(e));
            log.debug("the upkeep of {}", table, e);
        }
    }
}
