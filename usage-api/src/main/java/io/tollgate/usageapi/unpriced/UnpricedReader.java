package io.tollgate.usageapi.unpriced;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.database.Snapshots;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.unpriced.UnpricedBody.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks PostgreSQL: the models of a page, and what they used, in one snapshot. */
final class UnpricedReader {
    private UnpricedReader() {}

    static UnpricedBody read(Connection connection, UnpricedQuestion question) throws SQLException {
        Instant asOf = Snapshots.time(connection);
        Map<List<String>, Item> items = models(connection, question);
        List<List<String>> keys = new ArrayList<>(items.keySet());
        int limit = question.page().limit();
        String next = null;
        if (keys.size() > limit) {
            items.remove(keys.get(limit));
            next = PageParameter.cursor(keys.get(limit - 1));
        }
        if (!items.isEmpty()) {
            List<String> last = keys.get(Math.min(limit, keys.size()) - 1);
            addQuantities(connection, question, items, keys.get(0), last);
        }
        return new UnpricedBody(List.copyOf(items.values()), next, asOf.toString());
    }

    /** In the order of the answer. */
    private static Map<List<String>, Item> models(Connection connection, UnpricedQuestion question)
            throws SQLException {
        Map<List<String>, Item> items = new LinkedHashMap<>();
        try (PreparedStatement statement = UnpricedSql.models(question).prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Item item = new Item(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBigDecimal(5).toPlainString(),
                        time(row, 6),
                        time(row, 7),
                        new TreeMap<>(),
                        new ArrayList<>());
                items.put(item.key(), item);
            }
        }
        return items;
    }

    private static void addQuantities(
            Connection connection,
            UnpricedQuestion question,
            Map<List<String>, Item> items,
            List<String> first,
            List<String> last)
            throws SQLException {
        try (PreparedStatement statement =
                        UnpricedSql.quantities(question, first, last).prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Item item = items.get(List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
                // A model whose events were all taken back, and had other lines when they were, is no item.
                if (item != null) {
                    String dimension = row.getString(5);
                    item.quantities()
                            .put(dimension, Decimal.of(row.getBigDecimal(6)).toString());
                    if (row.getBoolean(7)) {
                        item.withoutPrice().add(dimension);
                    }
                }
            }
        }
    }

    private static String time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }
}
