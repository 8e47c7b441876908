package io.tollgate.sink.database;

import io.tollgate.sink.text.UnstorableException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an exception from the database means for the batch that met it. */
public enum Failure {
    /** One of the rows will never be taken: find it and go on without it. */
    ROW,
    /**
     * Everything else: connection lost, deadlock, no space, read-only standby, but also a missing table or a bug. The same
     * batch is tried again until it goes in; setting rows aside for a fault of ours would lose money.
     */
    RETRY;

    /** By SQLSTATE: 22 is bad data, 23 a broken constraint, 54 a limit of the server. */
    public static Failure of(Exception e) {
        if (e instanceof UnstorableException) {
            return ROW;
        }
        String state = e instanceof SQLException sql ? sql.getSQLState() : null;
        return isRow(state) ? ROW : RETRY;
    }

    private static boolean isRow(@Nullable String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }
}
