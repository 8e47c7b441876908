package io.tollgate.usageapi.database;

import io.tollgate.usageapi.problem.PageParameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor of the page that follows; null: this is the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /** Reads the row that a result is at. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Runs a query that asks for one row more than the page holds: whether it is there tells whether there is a next page.
     *
     * @param place what the list is ordered by, of an item
     */
    public static <T> Page<T> read(
            Connection connection, Sql sql, int limit, Row<T> item, Function<T, List<String>> place)
            throws SQLException {
        List<T> items = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (items.size() == limit) {
                    return new Page<>(items, PageParameter.cursor(place.apply(items.get(limit - 1))));
                }
                items.add(item.read(row));
            }
        }
        return new Page<>(items, null);
    }

    /** A column that is never null. */
    public static String time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }

    public static @Nullable String timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant().toString();
    }
}
