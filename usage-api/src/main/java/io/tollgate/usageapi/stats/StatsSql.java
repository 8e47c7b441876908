package io.tollgate.usageapi.stats;

import io.tollgate.schemas.LatencyBuckets;
import io.tollgate.usageapi.database.Sql;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The two statements that answer a question: totals, and quantities by dimension. Windows are numbered by {@code
 * width_bucket} over edges made here, so that the database's idea of a time zone never matters.
 */
final class StatsSql {
    private static final String TOTALS =
            "sum(s.requests), sum(s.successes), sum(s.errors), sum(s.unpriced), sum(s.tokens), sum(s.cost), sum(s.list_cost)";

    /** Column by column: an array of sums would take the histograms apart, thirty rows of each. */
    private static final String LATENCIES = IntStream.rangeClosed(1, LatencyBuckets.COUNT)
            .mapToObj(bucket -> ", sum(s.latency_histogram[" + bucket + "])")
            .collect(Collectors.joining());

    private StatsSql() {}

    /**
     * Columns: window number from 1, the groups, currency, then the totals and, where they are wanted, the latency
     * buckets. In the order of the answer.
     */
    static Sql totals(StatsQuestion question, boolean latencies, int limit) {
        Sql sql = select(question).append(", ").append(TOTALS).append(latencies ? LATENCIES : "");
        where(sql.append(from(question)), question);
        String keys = ordinals(question);
        return sql.append(" GROUP BY ")
                .append(keys)
                .append(" ORDER BY ")
                .append(keys)
                .append(" LIMIT ")
                .bind(limit);
    }

    /** Columns: window number from 1, the groups, currency, dimension, quantity. */
    static Sql dimensions(StatsQuestion question) {
        Sql sql = select(question).append(", d.key, sum(d.value::numeric)");
        where(sql.append(from(question)).append(" CROSS JOIN LATERAL jsonb_each(s.dimensions) d"), question);
        String keys = ordinals(question);
        return sql.append(" GROUP BY ").append(keys).append(", d.key HAVING sum(d.value::numeric) <> 0");
    }

    /** Columns: window number from 1, the groups, currency, quantity of one dimension; null where there is none. */
    static Sql quantities(StatsQuestion question, String dimension) {
        Sql sql = select(question)
                .append(", sum((s.dimensions ->> ")
                .bind(dimension)
                .append(")::numeric)");
        where(sql.append(from(question)), question);
        String keys = ordinals(question);
        return sql.append(" GROUP BY ").append(keys).append(" ORDER BY ").append(keys);
    }

    private static Sql select(StatsQuestion question) {
        Windows windows = question.windows();
        Sql sql = new Sql().append("SELECT width_bucket(").append(time(windows)).append(", ");
        if (windows.areWholeUtcDays()) {
            sql.bindArray("date", texts(windows.starts(), start -> utcDay(start).toString()));
        } else {
            sql.bindArray("timestamptz", texts(windows.starts(), Instant::toString));
        }
        sql.append(")");
        for (Grouping group : question.groups()) {
            group.appendTo(sql.append(", "));
        }
        return sql.append(", s.currency");
    }

    private static String from(StatsQuestion question) {
        return question.windows().areWholeUtcDays() ? " FROM usage_stats s" : " FROM usage_stats_intraday s";
    }

    private static void where(Sql sql, StatsQuestion question) {
        Windows windows = question.windows();
        sql.append(" WHERE ").append(time(windows)).append(" >= ").bind(bound(windows, windows.from()));
        sql.append(" AND ").append(time(windows)).append(" < ").bind(bound(windows, windows.end()));
        for (Filter filter : question.filters()) {
            sql.append(" AND (");
            filter.by().appendTo(sql.append("(")).append(") = ANY (").bindArray("text", filter.values());
            sql.append(")");
            if (filter.values().contains("")) {
                filter.by().appendTo(sql.append(" OR (")).append(") IS NULL");
            }
            sql.append(")");
        }
    }

    private static String time(Windows windows) {
        return windows.areWholeUtcDays() ? "s.date" : "s.window_start";
    }

    private static Object bound(Windows windows, Instant time) {
        return windows.areWholeUtcDays() ? utcDay(time) : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    /** Positions instead of expressions: PostgreSQL takes the same expression with two placeholders for two. */
    private static String ordinals(StatsQuestion question) {
        StringBuilder ordinals = new StringBuilder("1");
        for (int i = 2; i <= question.groups().size() + 2; i++) {
            ordinals.append(", ").append(i);
        }
        return ordinals.toString();
    }

    private static LocalDate utcDay(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static List<String> texts(List<Instant> times, Function<Instant, String> text) {
        return times.stream().map(text).toList();
    }
}
