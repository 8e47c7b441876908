package io.tollgate.sink.stats;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * Rolls the totals of days that have ended up into those by month, by company and by model, a day in a transaction, or some days that have
 * few rows: meanwhile no totals are written. How the sums stay exact while days change that have been rolled up is told, and done, by the
 * schema itself.
 */
public final class RollUps {
    /** For which a day that has ended is left as it is: most of its events that are still on their way are then in. */
    private static final Duration LEFT_OPEN = Duration.ofHours(1);

    private final DataSource database;
    private final Clock clock;

    public RollUps(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Rolls up all that has not been; ends early where the thread is interrupted. */
    public void run() throws SQLException {
        LocalDate before = LocalDate.ofInstant(clock.instant().minus(LEFT_OPEN), ZoneOffset.UTC);
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            more = someDays(before);
        }
    }

    private boolean someDays(LocalDate before) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT roll_usage_stats_up(?)")) {
            statement.setObject(1, before);
            boolean rolledUp;
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                rolledUp = row.getBoolean(1);
            }
            connection.commit();
            return rolledUp;
        }
    }
}
