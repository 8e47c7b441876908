package io.tollgate.sink.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are those of a compacted topic.
 *
 * @param <V> what a row holds
 */
public final class RowTable<V> {
    /** The columns of a row in the order of the upsert's, the id first. */
    @FunctionalInterface
    public interface Columns<V> {
        @Nullable
        String[] of(String id, V row);
    }

    private final Upsert upsert;
    private final String delete;
    private final Columns<V> columns;

    /** Over rows that are written by {@code upsert}.
     *
     * @param key name and type of the table's key
     */
    public RowTable(String table, String key, Upsert upsert, Columns<V> columns) {
        String[] named = key.split(" ", 2);
        this.upsert = upsert;
        this.delete = "DELETE FROM " + table + " WHERE " + named[0] + " = ANY (?::" + named[1] + "[])";
        this.columns = columns;
    }

    public void write(Connection connection, LatestRows<V> batch) throws SQLException {
        if (!batch.removed().isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(delete)) {
                statement.setArray(
                        1, connection.createArrayOf("text", batch.removed().toArray()));
                statement.executeUpdate();
            }
        }
        TextColumns text = new TextColumns();
        for (Map.Entry<String, V> row : batch.rows().entrySet()) {
            text.add(columns.of(row.getKey(), row.getValue()));
        }
        if (!text.isEmpty()) {
            text.execute(connection, upsert.statement());
        }
    }
}
