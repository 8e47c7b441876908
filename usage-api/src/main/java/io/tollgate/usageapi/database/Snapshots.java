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

    /** The server's time at the first statement of the snapshot; call it first, since that statement takes it. */
    public static Instant time(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT statement_timestamp()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
