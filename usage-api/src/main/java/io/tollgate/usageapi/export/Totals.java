package io.tollgate.usageapi.export;

import io.tollgate.usageapi.database.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger's rows of an export sum up to, asked of the ledger itself: a file whose own sums are others is not handed
 * out as whole.
 */
final class Totals {
    private static final String SELECT =
            "SELECT currency, count(*) AS rows, count(*) FILTER (WHERE adjustment) AS adjustments,"
                    + " coalesce(sum(requests) FILTER (WHERE state = 'unpriced'), 0) AS unpriced,"
                    + " coalesce(sum(requests) FILTER (WHERE state = 'usage_missing'), 0) AS usage_missing,"
                    + " count(*) FILTER (WHERE cost IS NOT NULL AND list_cost IS NULL) AS unlisted,"
                    + " coalesce(sum(cost), 0) AS cost, coalesce(sum(list_cost), 0) AS list_cost";

    private final Money money = new Money();
    private long rows;
    private long adjustments;
    private long unpriced;
    private long usageMissing;
    private long unlisted;

    /** Sums by currency; those without one are of what costs nothing. */
    static final class Money {
        private final Map<String, BigDecimal> costs = new TreeMap<>();
        private final Map<String, BigDecimal> listCosts = new TreeMap<>();

        void add(@Nullable String currency, @Nullable BigDecimal cost, @Nullable BigDecimal listCost) {
            String known = currency == null ? FocusColumns.NO_CURRENCY : currency;
            if (cost != null && (currency != null || cost.signum() != 0)) {
                costs.merge(known, cost, BigDecimal::add);
                listCosts.merge(known, listCost == null ? BigDecimal.ZERO : listCost, BigDecimal::add);
            }
        }

        Map<String, BigDecimal> costs() {
            return costs;
        }

        Map<String, BigDecimal> listCosts() {
            return listCosts;
        }

        boolean agreesWith(Money other) {
            return same(costs, other.costs) && same(listCosts, other.listCosts);
        }

        private static boolean same(Map<String, BigDecimal> these, Map<String, BigDecimal> those) {
            return covers(these, those) && covers(those, these);
        }

        private static boolean covers(Map<String, BigDecimal> these, Map<String, BigDecimal> those) {
            return those.entrySet().stream()
                    .allMatch(sum ->
                            these.getOrDefault(sum.getKey(), BigDecimal.ZERO).compareTo(sum.getValue()) == 0);
        }
    }

    /** Adds the rows of some days. */
    void add(Connection connection, Selection selection) throws SQLException {
        Sql sql = new Sql().append(SELECT).append(selection.from()).append(" GROUP BY currency");
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows += found.getLong("rows");
                adjustments += found.getLong("adjustments");
                unpriced += found.getLong("unpriced");
                usageMissing += found.getLong("usage_missing");
                unlisted += found.getLong("unlisted");
                money.add(found.getString("currency"), found.getBigDecimal("cost"), found.getBigDecimal("list_cost"));
            }
        }
    }

    Money money() {
        return money;
    }

    long rows() {
        return rows;
    }

    long adjustments() {
        return adjustments;
    }

    long unpriced() {
        return unpriced;
    }

    long usageMissing() {
        return usageMissing;
    }

    long unlisted() {
        return unlisted;
    }
}
