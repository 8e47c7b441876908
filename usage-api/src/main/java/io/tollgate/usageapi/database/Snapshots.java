package io.tollgate.usageapi.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** When a snapshot was taken. */
public final class Snapshots {
    private Snapshots() {}

    /** A replica shows what was committed until some moment in the past. */
    private static final String TIME = "SELECT CASE WHEN pg_is_in_recovery()"
            + " THEN least(statement_timestamp(), pg_last_xact_replay_timestamp()) ELSE statement_timestamp() END";

    /**
     * The server's time at the first statement of the snapshot; call it first, since that statement takes it. On a replica the
     * time of the newest commit that it has: what is older than that is in the snapshot.
     */
    public static Instant time(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TIME);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
