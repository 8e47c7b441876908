package io.tollgate.usageapi.problem;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the database's failures mean to a caller. */
final class DatabaseProblems {
    private static final String QUERY_CANCELLED = "57014";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_SCHEMA = "3F000";

    private DatabaseProblems() {}

    /** The problem behind a failure, null where it is not the database's. */
    static @Nullable Problem of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                return of(e);
            }
        }
        return null;
    }

    private static @Nullable Problem of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            // HikariCP's own: no connection in time.
            return unreachable();
        }
        if (state.equals(QUERY_CANCELLED)) {
            return Problem.unavailable(
                    "query_timeout", "The query took too long. Ask for fewer days, fewer groups, or wider windows.");
        }
        if (state.equals(UNDEFINED_TABLE) || state.equals(UNDEFINED_SCHEMA)) {
            return Problem.unavailable(
                    "database_not_migrated", "The tables are not there yet: billing-sink makes them when it starts.");
        }
        // 08: connection; 28: refused at the door; 3D: no such database; 53: out of resources; 57P: not up yet or going
        // down.
        boolean gone = Stream.of("08", "28", "3D", "53", "57P").anyMatch(state::startsWith);
        return gone ? unreachable() : null;
    }

    private static Problem unreachable() {
        return Problem.unavailable("database_unavailable", "PostgreSQL does not answer. Try again.");
    }
}
