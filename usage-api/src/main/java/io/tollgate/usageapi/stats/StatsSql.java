package io.tollgate.usageapi.stats;

import io.tollgate.schemas.LatencyBuckets;
import io.tollgate.usageapi.database.Sql;
import io.tollgate.usageapi.stats.Part.Range;
import io.tollgate.usageapi.stats.Part.Shift;
import io.tollgate.usageapi.stats.Part.Shifts;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements that answer a question: totals, and quantities by dimension. Windows are numbered by {@code
 * width_bucket} over edges made here, so that the database's idea of a time zone never matters. Each part is summed up by
 * itself, and then their sums.
 */
final class StatsSql {
    private static final List<String> TOTALS =
            List.of("requests", "successes", "errors", "unpriced", "tokens", "cost", "list_cost");

    /** Column by column: an array of sums would take the histograms apart, thirty rows of each. */
    private static final List<String> LATENCIES = IntStream.rangeClosed(1, LatencyBuckets.COUNT)
            .mapToObj(bucket -> "latency_histogram[" + bucket + "]")
            .toList();

    private final StatsQuestion question;
    private final List<Part> parts;

    StatsSql(StatsQuestion question, LocalDate rolledUp) {
        this.question = question;
        this.parts = Parts.of(question, rolledUp);
    }

    /**
     * Columns: window number from 1, the groups, currency, then the totals and, where they are wanted, the latency
     * buckets. In the order of the answer.
     */
    Sql totals(boolean latencies, int limit) {
        List<String> amounts =
                latencies ? Stream.concat(TOTALS.stream(), LATENCIES.stream()).toList() : TOTALS;
        Sql sql = summed(keys(), amounts.size(), part -> rows(
                        part,
                        amounts.stream()
                                .map(amount -> ", sum(" + sign(part) + "s." + amount + ")")
                                .collect(Collectors.joining()))
                .append(groupBy(keys())));
        return sql.append(orderBy()).append(" LIMIT ").bind(limit);
    }

    /** Columns: window number from 1, the groups, currency, dimension, quantity. */
    Sql dimensions() {
        // Keys in the list of columns: a function in FROM would be set up anew for each row.
        String names = names(keys());
        int keys = keys() + 1;
        Sql sql = summed(keys, 1, part -> new Sql()
                .append("SELECT " + names + ", key, sum(" + (part.isSigned() ? "sign * " : "")
                        + "(dimensions -> key)::numeric) FROM (")
                .append(rows(
                        part,
                        (part.isSigned() ? ", " + signOf(part) : "")
                                + ", s.dimensions, jsonb_object_keys(s.dimensions)"))
                .append(") AS quantities (" + names + (part.isSigned() ? ", sign" : "") + ", dimensions, key)")
                .append(groupBy(keys)));
        return new Sql()
                .append("SELECT * FROM (")
                .append(sql)
                .append(") AS quantities (" + names(keys) + ", quantity) WHERE quantity <> 0");
    }

    /** Columns: window number from 1, the groups, currency, quantity of one dimension; null where there is none. */
    Sql quantities(String dimension) {
        return summed(keys(), 1, part -> rows(
                                part,
                                new Sql()
                                        .append(", sum(" + sign(part) + "(s.dimensions ->> ")
                                        .bind(dimension)
                                        .append(")::numeric)"))
                        .append(groupBy(keys())))
                .append(orderBy());
    }

    /** The parts' sums, whose first columns are keys. */
    private Sql summed(int keys, int amounts, Function<Part, Sql> ofPart) {
        if (parts.size() == 1) {
            return ofPart.apply(parts.get(0));
        }
        String sums = IntStream.rangeClosed(1, amounts)
                .mapToObj(amount -> ", sum(a" + amount + ")")
                .collect(Collectors.joining());
        Sql sql = new Sql().append("SELECT " + names(keys) + sums + " FROM (");
        for (int i = 0; i < parts.size(); i++) {
            sql.append(i == 0 ? "" : " UNION ALL ").append(ofPart.apply(parts.get(i)));
        }
        String columns = IntStream.rangeClosed(1, amounts)
                .mapToObj(amount -> ", a" + amount)
                .collect(Collectors.joining());
        return sql.append(") AS parts (" + names(keys) + columns + ")").append(groupBy(keys));
    }

    private Sql rows(Part part, String columns) {
        return rows(part, new Sql().append(columns));
    }

    private Sql rows(Part part, Sql columns) {
        Sql sql = new Sql().append("SELECT ");
        if (part instanceof Range range) {
            sql.append("width_bucket(" + time(part) + ", ");
            sql.bindArray(
                    part.table().isByDate() ? "date" : "timestamptz",
                    texts(range.starts(), start -> String.valueOf(bound(part, start))));
            sql.append(")");
        } else {
            sql.append("m.number");
        }
        for (Grouping group : question.groups()) {
            group.appendTo(sql.append(", "));
        }
        sql.append(", s.currency").append(columns).append(" FROM ");
        if (part instanceof Shifts moved) {
            return from(moved, sql);
        }
        Range range = (Range) part;
        sql.append(part.table() + " s WHERE " + time(part) + " >= ").bind(bound(part, range.from()));
        sql.append(" AND " + time(part) + " < ").bind(bound(part, range.to()));
        return filtered(sql);
    }

    /** OFFSET 0 keeps PostgreSQL from turning the join round: it can't tell how few rows lie in so many short ranges. */
    private Sql from(Shifts moved, Sql sql) {
        List<Shift> shifts = moved.shifts();
        sql.append("unnest(")
                .bindArray("timestamptz", texts(shifts, shift -> shift.from().toString()));
        sql.append(", ")
                .bindArray("timestamptz", texts(shifts, shift -> shift.to().toString()));
        sql.append(", ").bindArray("int4", texts(shifts, shift -> String.valueOf(shift.window())));
        sql.append(", ").bindArray("int4", texts(shifts, shift -> String.valueOf(shift.sign())));
        sql.append(") AS m (start, finish, number, sign) CROSS JOIN LATERAL (SELECT * FROM " + moved.table()
                + " s WHERE s.window_start >= m.start AND s.window_start < m.finish");
        return filtered(sql).append(" OFFSET 0) s");
    }

    private Sql filtered(Sql sql) {
        for (Filter filter : question.filters()) {
            sql.append(" AND (");
            filter.by().appendTo(sql.append("(")).append(") = ANY (").bindArray("text", filter.values());
            sql.append(")");
            if (filter.values().contains("")) {
                filter.by().appendTo(sql.append(" OR (")).append(") IS NULL");
            }
            sql.append(")");
        }
        return sql;
    }

    private static String time(Part part) {
        return part.table().isByDate() ? "s.date" : "s.window_start";
    }

    private static Object bound(Part part, Instant time) {
        return part.table().isByDate()
                ? LocalDate.ofInstant(time, ZoneOffset.UTC)
                : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private static String signOf(Part part) {
        return part instanceof Shifts ? "m.sign" : "s.sign";
    }

    /** In front of an amount. */
    private static String sign(Part part) {
        return part.isSigned() ? signOf(part) + " * " : "";
    }

    /** Of the window, the groups, the currency. */
    private int keys() {
        return question.groups().size() + 2;
    }

    private static String names(int keys) {
        return IntStream.rangeClosed(1, keys).mapToObj(key -> "k" + key).collect(Collectors.joining(", "));
    }

    /** Positions instead of expressions: PostgreSQL takes the same expression with two placeholders for two. */
    private static String ordinals(int keys) {
        return IntStream.rangeClosed(1, keys).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String groupBy(int keys) {
        return " GROUP BY " + ordinals(keys);
    }

    private String orderBy() {
        return " ORDER BY " + ordinals(keys());
    }

    private static <T> List<String> texts(List<T> values, Function<T, String> text) {
        return values.stream().map(text).toList();
    }
}
