package io.tollgate.usageapi.database;

import io.tollgate.usageapi.problem.TimeRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A statement in the making: text that is this program's own, and values that are bound, whoever sent them. */
public final class Sql {
    private static final int FETCH_SIZE = 1_000;

    private record ArrayValue(String type, List<String> elements) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /** Appends SQL. Never hand it what a caller sent. */
    public Sql append(String sql) {
        text.append(sql);
        return this;
    }

    /** Appends a part that was made apart. */
    public Sql append(Sql part) {
        text.append(part.text);
        values.addAll(part.values);
        return this;
    }

    /** Appends a placeholder for a value that JDBC knows the type of. */
    public Sql bind(Object value) {
        text.append('?');
        values.add(value);
        return this;
    }

    /** Appends a placeholder for an array of a PostgreSQL type. */
    public Sql bindArray(String type, List<String> elements) {
        text.append("?::").append(type.toLowerCase(Locale.ROOT)).append("[]");
        values.add(new ArrayValue(type, elements));
        return this;
    }

    /** Appends, for each column of this program's own naming, that it holds the value. */
    public Sql equal(Map<String, String> values) {
        values.forEach(
                (column, value) -> append(" AND ").append(column).append(" = ").bind(value));
        return this;
    }

    /** Appends that a column lies in the range. */
    public Sql within(String column, TimeRange range) {
        if (range.from() != null) {
            append(" AND ").append(column).append(" >= ").bind(range.from().atOffset(ZoneOffset.UTC));
        }
        if (range.to() != null) {
            append(" AND ").append(column).append(" < ").bind(range.to().atOffset(ZoneOffset.UTC));
        }
        return this;
    }

    public String text() {
        return text.toString();
    }

    /** The statement with its values, to be closed by the caller. */
    public PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text());
        try {
            statement.setFetchSize(FETCH_SIZE);
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                if (value instanceof ArrayValue array) {
                    statement.setArray(i + 1, connection.createArrayOf(array.type, array.elements.toArray()));
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
