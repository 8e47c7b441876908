package io.tollgate.sink.retention;

import io.tollgate.sink.database.Count;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of one table that are past their time. They are deleted a batch at a time, each in a transaction of its own,
 * so that no lock is held for long however many there are. Only for rows that nothing writes any more: a row that came
 * again would begin anew.
 */
public final class OldRows {
    private static final Logger log = LoggerFactory.getLogger(OldRows.class);
    private static final int BATCH = 5_000;

    private final DataSource database;
    private final Clock clock;
    private final String table;
    private final Duration kept;
    private final int batch;
    private final String where;
    private final String delete;

    /**
     * The usual size of batches.
     *
     * @param time indexed column that tells a row's age, a {@code date} or {@code timestamptz}
     * @param kept whole UTC days
     */
    public OldRows(DataSource database, Clock clock, String table, String time, Duration kept) {
        this(database, clock, table, time, kept, BATCH);
    }

    OldRows(DataSource database, Clock clock, String table, String time, Duration kept, int batch) {
        this.database = database;
        this.clock = clock;
        this.table = table;
        this.kept = kept;
        this.batch = batch;
        // The start of a UTC day as text, which is a date and a timestamptz alike.
        where = table + " WHERE " + time + " < '%s 00:00:00+00'";
        delete = "DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM " + where + " LIMIT " + batch
                + "))";
    }

    public String table() {
        return table;
    }

    /** How many there are. */
    public long count() throws SQLException {
        return Count.of(database, ("SELECT count(*) FROM " + where).formatted(oldestKept()));
    }

    private LocalDate oldestKept() {
        return LocalDate.now(clock).minusDays(kept.toDays());
    }

    /** Deletes them all; ends early where the thread is interrupted. */
    public void delete() throws SQLException {
        LocalDate oldestKept = oldestKept();
        long all = 0;
        int deleted = batch;
        while (deleted == batch && !Thread.currentThread().isInterrupted()) {
            deleted = deleteBatch(oldestKept);
            all += deleted;
        }
        if (all > 0) {
            log.info("deleted {} rows of {} from before {}: kept for {} days", all, table, oldestKept, kept.toDays());
        }
    }

    private int deleteBatch(LocalDate oldestKept) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(delete.formatted(oldestKept))) {
            int deleted = statement.executeUpdate();
            connection.commit();
            return deleted;
        }
    }
}
