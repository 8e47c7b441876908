package io.tollgate.standalone;

import io.tollgate.standalone.oracle.Money;
import io.tollgate.standalone.oracle.Oracle.Day;
import io.tollgate.standalone.oracle.Oracle.Totals;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** What the books in PostgreSQL hold, summed up in the tests' own SQL. */
final class PostgresBooks implements AutoCloseable {
    private static final String NET_OF_LEDGER =
            """
            SELECT company, (event_time AT TIME ZONE 'UTC')::date, user_id, provider, model, labels->>'team',
                   sum(requests), coalesce(sum(requests) FILTER (WHERE status >= 400), 0),
                   coalesce(sum(requests) FILTER (WHERE cost IS NULL), 0), sum(tokens),
                   coalesce(sum(cost), 0), coalesce(sum(list_cost), 0)
            FROM tollgate.cost_calculations GROUP BY 1, 2, 3, 4, 5, 6""";

    private static final String STATS =
            """
            SELECT company, %s, user_id, provider, model, labels->>'team',
                   sum(requests), sum(errors), sum(unpriced), sum(tokens), sum(cost), sum(list_cost)
            FROM tollgate.%s GROUP BY 1, 2, 3, 4, 5, 6""";

    private static final String MONEY =
            """
            SELECT company, %s, user_id, provider, model, labels->>'team', currency, sum(cost), sum(list_cost)
            FROM tollgate.%s GROUP BY 1, 2, 3, 4, 5, 6, 7""";

    private final Connection connection;

    PostgresBooks(String url, String user, String password) throws SQLException {
        connection = DriverManager.getConnection(url, user, password);
    }

    /** The ledger's rows by day of the event; what has come to nothing is left out. */
    Map<Day, Totals> ledgerDays() throws SQLException {
        return days(NET_OF_LEDGER);
    }

    Map<Day, Totals> statsDays() throws SQLException {
        return days(STATS.formatted("date", "usage_stats"));
    }

    Map<Day, Totals> intradayDays() throws SQLException {
        return days(STATS.formatted("(window_start AT TIME ZONE 'UTC')::date", "usage_stats_intraday"));
    }

    Money.Sums ledgerMoney() throws SQLException {
        return money("(event_time AT TIME ZONE 'UTC')::date", "cost_calculations");
    }

    Money.Sums statsMoney() throws SQLException {
        return money("date", "usage_stats");
    }

    Money.Sums intradayMoney() throws SQLException {
        return money("(window_start AT TIME ZONE 'UTC')::date", "usage_stats_intraday");
    }

    private Money.Sums money(String day, String table) throws SQLException {
        Money.Sums sums = new Money.Sums();
        try (PreparedStatement statement = connection.prepareStatement(MONEY.formatted(day, table));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                sums.add(day(row), row.getString(7), Money.of(row.getBigDecimal(8), row.getBigDecimal(9)));
            }
        }
        return sums;
    }

    /** What each event of the ledger has come to by its id, in list cost, whatever company it is of; null is unpriced. */
    Map<String, BigDecimal> listCosts() throws SQLException {
        Map<String, BigDecimal> costs = new TreeMap<>();
        String sql = "SELECT event_id, coalesce(sum(list_cost), 0) FROM tollgate.cost_calculations GROUP BY 1";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                costs.put(row.getString(1), row.getBigDecimal(2).stripTrailingZeros());
            }
        }
        return costs;
    }

    long count(String from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM tollgate." + from);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private Map<Day, Totals> days(String sql) throws SQLException {
        Map<Day, Totals> days = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Totals totals = new Totals(
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getBigDecimal(10).stripTrailingZeros(),
                        row.getBigDecimal(11).stripTrailingZeros(),
                        row.getBigDecimal(12).stripTrailingZeros());
                if (!totals.isNothing()) {
                    days.put(day(row), totals);
                }
            }
        }
        return days;
    }

    private static Day day(ResultSet row) throws SQLException {
        return new Day(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
