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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
     *
     * @param dimensions whose quantities come next, and then whether there are any others
     */
    Sql totals(boolean latencies, Optional<List<String>> dimensions, int limit) {
        List<Amount> amounts = new ArrayList<>();
        TOTALS.forEach(column -> amounts.add(Amount.ofColumn(column)));
        if (latencies) {
            LATENCIES.forEach(column -> amounts.add(Amount.ofColumn(column)));
        }
        dimensions.ifPresent(names -> {
            names.forEach(name -> amounts.add(Amount.ofDimension(name)));
            amounts.add(Amount.otherDimensionsThan(names));
        });
        return summed(amounts).append(orderBy()).append(" LIMIT ").bind(limit);
    }

    /** Columns: window number from 1, the groups, currency, dimension, quantity. */
    Sql dimensions() {
        // Keys in the list of columns: a function in FROM would be set up anew for each row.
        String names = names(keys());
        int keys = keys() + 1;
        Sql sql = summed(keys, List.of("sum"), part -> new Sql()
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
        return summed(List.of(Amount.ofDimension(dimension))).append(orderBy());
    }

    /**
     * What is made of a group's rows, and of what the parts have made of theirs.
     *
     * @param of one row's, by what is in front of it
     */
    private record Amount(String aggregate, Function<String, Sql> of) {
        static Amount ofColumn(String column) {
            return new Amount("sum", sign -> new Sql().append(sign + "s." + column));
        }

        static Amount ofDimension(String name) {
            return new Amount("sum", sign -> new Sql()
                    .append(sign + "(s.dimensions -> ")
                    .bind(name)
                    .append(")::numeric"));
        }

        static Amount otherDimensionsThan(List<String> names) {
            return new Amount("bool_or", sign -> new Sql()
                    .append("(s.dimensions - ")
                    .bindArray("text", names)
                    .append(") <> '{}'"));
        }
    }

    private Sql summed(List<Amount> amounts) {
        return summed(keys(), amounts.stream().map(Amount::aggregate).toList(), part -> {
            Sql columns = new Sql();
            for (Amount amount : amounts) {
                columns.append(", " + amount.aggregate + "(")
                        .append(amount.of.apply(sign(part)))
                        .append(")");
            }
            return rows(part, columns).append(groupBy(keys()));
        });
    }

    /** Of the parts, whose columns are keys and then one for each aggregate. */
    private Sql summed(int keys, List<String> aggregates, Function<Part, Sql> ofPart) {
        if (parts.size() == 1) {
            return ofPart.apply(parts.get(0));
        }
        StringBuilder sums = new StringBuilder();
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < aggregates.size(); i++) {
            sums.append(", ").append(aggregates.get(i)).append("(a").append(i).append(')');
            columns.append(", a").append(i);
        }
        Sql sql = new Sql().append("SELECT " + names(keys) + sums + " FROM (");
        for (int i = 0; i < parts.size(); i++) {
            sql.append(i == 0 ? "" : " UNION ALL ").append(ofPart.apply(parts.get(i)));
        }
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
