package io.tollgate.usageapi.stats;

import io.tollgate.schemas.LatencyBuckets;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.database.Snapshots;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.settings.UsageApiSettings;
import io.tollgate.usageapi.stats.StatsRow.Counts;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks PostgreSQL: a few statements in one snapshot, put together by window, group and currency. */
@Component
public final class StatsReader {

    /** What not every question needs, and costs more than the totals themselves. */
    public enum Detail {
        DIMENSIONS,
        LATENCIES
    }

    /** What a row is of. */
    private record Key(int window, List<@Nullable String> groups, @Nullable String currency) {}

    private static final int TOTALS = 7;

    private final int maxRows;

    StatsReader(UsageApiSettings settings) {
        this.maxRows = settings.maxRows();
    }

    /** Answers a question; a row without anything in it is left out. */
    public StatsAnswer read(Connection connection, StatsQuestion question, Set<Detail> details) throws SQLException {
        Instant asOf = Snapshots.time(connection);
        StatsSql sql = new StatsSql(question, rolledUp(connection));
        Map<Key, StatsRow> rows = totals(connection, sql, question, details.contains(Detail.LATENCIES));
        if (details.contains(Detail.DIMENSIONS)) {
            addDimensions(connection, sql, question, rows);
        }
        return new StatsAnswer(
                rows.values().stream().filter(row -> !row.isEmpty()).toList(), asOf);
    }

    /** The quantities of one dimension; other totals are not in the rows. */
    public List<StatsRow> quantities(Connection connection, StatsQuestion question, String dimension)
            throws SQLException {
        List<Instant> starts = question.windows().starts();
        List<StatsRow> rows = new ArrayList<>();
        try (PreparedStatement statement = new StatsSql(question, rolledUp(connection))
                        .quantities(dimension)
                        .prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                Key key = key(found, question);
                StatsRow row = StatsRow.none(starts.get(key.window - 1), key.groups, key.currency);
                row.dimensions().put(dimension, decimal(found, key.groups.size() + 3));
                rows.add(row);
            }
        }
        return rows;
    }

    /** Up to which day there are roll-ups. */
    private static LocalDate rolledUp(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT until FROM usage_stats_rolled_up");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, LocalDate.class);
        }
    }

    /** In the order of the answer. First, so that too large a question fails before the larger statement. */
    private Map<Key, StatsRow> totals(Connection connection, StatsSql sql, StatsQuestion question, boolean latencies)
            throws SQLException {
        List<Instant> starts = question.windows().starts();
        Map<Key, StatsRow> rows = new LinkedHashMap<>();
        try (PreparedStatement statement = sql.totals(latencies, maxRows + 1).prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                Key key = key(found, question);
                rows.put(key, row(found, key, starts.get(key.window - 1), latencies));
                if (rows.size() > maxRows) {
                    throw Problem.parameter(
                            "group_by",
                            "too_many_rows",
                            "The answer has more than " + maxRows + " rows; ask for fewer groups or a shorter range.");
                }
            }
        }
        return rows;
    }

    private static StatsRow row(ResultSet found, Key key, Instant start, boolean latencies) throws SQLException {
        int column = key.groups.size() + 3;
        Counts counts = new Counts(
                decimal(found, column),
                decimal(found, column + 1),
                decimal(found, column + 2),
                decimal(found, column + 3));
        return new StatsRow(
                start,
                key.groups,
                key.currency,
                counts,
                new TreeMap<>(),
                decimal(found, column + 4),
                decimal(found, column + 5),
                decimal(found, column + 6),
                latencies ? latencies(found, column + TOTALS) : List.of());
    }

    private static List<Long> latencies(ResultSet found, int column) throws SQLException {
        List<Long> counts = new ArrayList<>(LatencyBuckets.COUNT);
        for (int bucket = 0; bucket < LatencyBuckets.COUNT; bucket++) {
            counts.add(found.getLong(column + bucket));
        }
        return counts;
    }

    private static void addDimensions(
            Connection connection, StatsSql sql, StatsQuestion question, Map<Key, StatsRow> rows) throws SQLException {
        try (PreparedStatement statement = sql.dimensions().prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                StatsRow row = rows.get(key(found, question));
                // One snapshot and one WHERE: every key of the second statement is in the first.
                Objects.requireNonNull(row, "a dimension without its row");
                int column = question.groups().size() + 3;
                row.dimensions().put(found.getString(column), decimal(found, column + 1));
            }
        }
    }

    private static Key key(ResultSet found, StatsQuestion question) throws SQLException {
        List<@Nullable String> groups = new ArrayList<>();
        for (int i = 0; i < question.groups().size(); i++) {
            groups.add(found.getString(i + 2));
        }
        return new Key(found.getInt(1), groups, found.getString(groups.size() + 2));
    }

    private static Decimal decimal(ResultSet found, int column) throws SQLException {
        BigDecimal value = found.getBigDecimal(column);
        return value == null ? Decimal.ZERO : Decimal.of(value);
    }
}
