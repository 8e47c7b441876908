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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
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

    /** Each is a column more for every question. */
    private static final int KNOWN_AT_MOST = 16;

    private final int maxRows;
    /** Dimensions that answers have had. Asked for by name they cost little; all of them together are a statement of their own. */
    private final Set<String> known = new ConcurrentSkipListSet<>();

    StatsReader(UsageApiSettings settings) {
        this.maxRows = settings.maxRows();
    }

    /** Answers a question; a row without anything in it is left out. */
    public StatsAnswer read(Connection connection, StatsQuestion question, Set<Detail> details) throws SQLException {
        Instant asOf = Snapshots.time(connection);
        StatsSql sql = new StatsSql(question, rolledUp(connection));
        Optional<List<String>> dimensions =
                details.contains(Detail.DIMENSIONS) ? Optional.of(List.copyOf(known)) : Optional.empty();
        Map<Key, StatsRow> rows = new LinkedHashMap<>();
        boolean more = totals(connection, sql, question, details.contains(Detail.LATENCIES), dimensions, rows);
        if (more) {
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

    /**
     * Adds rows in the order of the answer. First, so that too large a question fails before the larger statement.
     *
     * @return whether there are other dimensions
     */
    private boolean totals(
            Connection connection,
            StatsSql sql,
            StatsQuestion question,
            boolean latencies,
            Optional<List<String>> dimensions,
            Map<Key, StatsRow> rows)
            throws SQLException {
        List<Instant> starts = question.windows().starts();
        int next = question.groups().size() + 3 + TOTALS + (latencies ? LatencyBuckets.COUNT : 0);
        boolean more = false;
        try (PreparedStatement statement =
                        sql.totals(latencies, dimensions, maxRows + 1).prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                Key key = key(found, question);
                StatsRow row = row(found, key, starts.get(key.window - 1), latencies);
                rows.put(key, row);
                if (rows.size() > maxRows) {
                    throw Problem.parameter(
                            "group_by",
                            "too_many_rows",
                            "The answer has more than " + maxRows + " rows; ask for fewer groups or a shorter range.");
                }
                if (dimensions.isPresent()) {
                    more |= addDimensions(found, next, dimensions.get(), row);
                }
            }
        }
        return more;
    }

    private static boolean addDimensions(ResultSet found, int column, List<String> names, StatsRow row)
            throws SQLException {
        for (int i = 0; i < names.size(); i++) {
            Decimal quantity = decimal(found, column + i);
            if (!quantity.isZero()) {
                row.dimensions().put(names.get(i), quantity);
            }
        }
        return found.getBoolean(column + names.size());
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

    /** Of every name. */
    private void addDimensions(Connection connection, StatsSql sql, StatsQuestion question, Map<Key, StatsRow> rows)
            throws SQLException {
        try (PreparedStatement statement = sql.dimensions().prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                StatsRow row = rows.get(key(found, question));
                // One snapshot and one WHERE: every key of the second statement is in the first.
                Objects.requireNonNull(row, "a dimension without its row");
                int column = question.groups().size() + 3;
                String name = found.getString(column);
                row.dimensions().put(name, decimal(found, column + 1));
                if (known.size() < KNOWN_AT_MOST) {
                    known.add(name);
                }
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
