package io.tollgate.sink.partition;

import io.tollgate.schemas.database.RootMessage;
import io.tollgate.sink.database.Count;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and drops the partitions of one {@link DailyTable}, each in a transaction of its own. Safe with several sinks at
 * once: an advisory lock lets one of them work.
 */
public final class DailyPartitions {
    private static final Logger log = LoggerFactory.getLogger(DailyPartitions.class);
    /** The default partition holds rows of that day, so the day can't have a partition of its own. */
    private static final String DEFAULT_HOLDS_ROWS = "23514";

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String NO_PRIVILEGE = "42501";
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'";
    private static final String PARTITIONS = "SELECT child.relname FROM pg_inherits"
            + " JOIN pg_class child ON child.oid = inhrelid WHERE inhparent = ?::regclass ORDER BY 1";

    private final DataSource database;
    private final Clock clock;
    private final DailyTable table;
    private final Set<Long> made = ConcurrentHashMap.newKeySet();

    public DailyPartitions(DataSource database, Clock clock, DailyTable table) {
        this.database = database;
        this.clock = clock;
        this.table = table;
    }

    public String table() {
        return table.name();
    }

    /** Sees to it that rows of that UTC day have their place; asks the database once for each day. */
    public void ensure(long epochDay) throws SQLException {
        if (made.contains(epochDay)) {
            return;
        }
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        if (table.hasOwnPartition(day, LocalDate.now(clock))) {
            make(day);
            made.add(epochDay);
        }
    }

    /** Sees to it that the rows of now have their place. */
    public void ensureToday() throws SQLException {
        ensure(LocalDate.now(clock).toEpochDay());
    }

    /** Yesterday to a week ahead. A day that can't be made now is passed by: its first row would make it. */
    public void makeAhead() throws SQLException {
        long today = LocalDate.now(clock).toEpochDay();
        for (long day = today - 1; day <= today + DailyTable.DAYS_AHEAD; day++) {
            try {
                ensure(day);
            } catch (SQLException e) {
                passBy(table.partition(LocalDate.ofEpochDay(day)), "made", e);
            }
        }
    }

    /** Drops the days that are past their retention. A reader in the way is waited for, briefly, and passed by. */
    public void dropOld() throws SQLException {
        for (LocalDate day : oldDays()) {
            drop(day);
        }
    }

    /** Days that are there past their retention. */
    public List<LocalDate> oldDays() throws SQLException {
        LocalDate today = LocalDate.now(clock);
        return partitions().stream()
                .flatMap(partition -> table.dayOf(partition).stream())
                .filter(day -> table.isPastRetention(day, today))
                .toList();
    }

    public String partition(LocalDate day) {
        return table.partition(day);
    }

    public long rowsOf(LocalDate day) throws SQLException {
        return Count.of(database, "SELECT count(*) FROM " + table.name() + " WHERE booked_on = '" + day + "'");
    }

    private void drop(LocalDate day) throws SQLException {
        String partition = table.partition(day);
        try {
            call("drop_daily_partition", day);
            log.info("dropped {}: kept for {} days", partition, table.kept().toDays());
        } catch (SQLException e) {
            passBy(partition, "dropped", e);
        }
    }

    /** What is wrong with one day is no reason to leave the others out. */
    private static void passBy(String partition, String what, SQLException e) throws SQLException {
        if (holdsForAllDays(e)) {
            throw e;
        }
        log.warn("{} could not be {} and is passed by for now: {}", partition, what, RootMessage.of(e));
    }

    /** The database is not there, or the table, or the right to it. */
    private static boolean holdsForAllDays(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || e instanceof SQLTransientConnectionException
                || Stream.of("08", "28", "57P", UNDEFINED_TABLE, NO_PRIVILEGE).anyMatch(state::startsWith);
    }

    private void make(LocalDate day) throws SQLException {
        try {
            call("make_daily_partition", day);
        } catch (SQLException e) {
            if (!DEFAULT_HOLDS_ROWS.equals(e.getSQLState())) {
                throw e;
            }
            log.warn("rows of {} stay in the default partition of {}: it holds some already", day, table.name());
        }
    }

    private List<String> partitions() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(PARTITIONS)) {
            select.setString(1, table.name());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    names.add(found.getString(1));
                }
            }
            connection.rollback();
        }
        return names;
    }

    /** A function of the schema's, which does it as the owner of the tables. */
    private void call(String function, LocalDate day) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            try {
                sql.execute(LOCK_TIMEOUT);
                sql.execute("SELECT pg_advisory_xact_lock(hashtextextended('" + table.name() + "', 0))");
                sql.execute("SELECT " + function + "('" + table.name() + "', '" + day + "')");
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }
}
