package io.tollgate.sink.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The one number that a query answers, asked in a transaction of its own. */
public final class Count {
    private Count() {}

    public static long of(DataSource database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement();
                ResultSet found = sql.executeQuery(query)) {
            long count = found.next() ? found.getLong(1) : 0;
            connection.rollback();
            return count;
        }
    }
}
