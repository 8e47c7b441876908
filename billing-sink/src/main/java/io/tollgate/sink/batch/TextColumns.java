package io.tollgate.sink.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for {@code INSERT … SELECT … FROM unnest(?::text[], …)}, column by column as text, which the statement casts: one
 * plan for any number of rows, and exact for every type.
 */
public final class TextColumns {
    private final List<@Nullable String[]> rows = new ArrayList<>();

    public void add(@Nullable String... row) {
        rows.add(row);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Runs the statement with one array per column. */
    public void execute(Connection connection, String statement) throws SQLException {
        int columns = rows.get(0).length;
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            for (int column = 0; column < columns; column++) {
                @Nullable String[] values = new String[rows.size()];
                for (int row = 0; row < values.length; row++) {
                    values[row] = rows.get(row)[column];
                }
                insert.setArray(column + 1, connection.createArrayOf("text", values));
            }
            insert.executeUpdate();
        }
    }

    /** {@code unnest(?::text[], ?::text[])} for so many columns. */
    public static String unnest(int columns) {
        return "unnest(" + "?::text[], ".repeat(columns - 1) + "?::text[])";
    }

    /** A nullable value's text. */
    public static @Nullable String orNull(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
