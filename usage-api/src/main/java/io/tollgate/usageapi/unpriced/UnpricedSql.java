package io.tollgate.usageapi.unpriced;

import io.tollgate.usageapi.database.Sql;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statements about what has no price. A row that was reversed, because a price came or the event was taken back, is there
 * with its exact negative, so sums are of what is live.
 */
final class UnpricedSql {
    private static final String KEY = "company, provider, model, code";

    private UnpricedSql() {}

    /** A page of models, and one more row where there is a next page. */
    static Sql models(UnpricedQuestion question) {
        Sql sql = live(question.from(), question.to(), question.filters())
                .append(" SELECT " + KEY + ", sum(requests), min(event_time), max(event_time) FROM live");
        if (!question.page().after().isEmpty()) {
            key(sql.append(" WHERE (" + KEY + ") > "), question.page().after());
        }
        return sql.append(" GROUP BY " + KEY + " ORDER BY " + KEY + " LIMIT ")
                .bind(question.page().limit() + 1);
    }

    /** What they used, by dimension, and whether the dimension has a price. */
    static Sql quantities(UnpricedQuestion question, List<String> first, List<String> last) {
        Sql sql = new Sql()
                .append("SELECT " + KEY + ", dimension, sum(quantity), bool_or(cost IS NULL) FROM (SELECT company,"
                        + " provider, model, coalesce(code, '') AS code, line ->> 'dimension' AS dimension,"
                        + " (line ->> 'quantity')::numeric AS quantity, line ->> 'cost' AS cost"
                        + " FROM cost_calculations, jsonb_array_elements(lines) AS line WHERE ");
        unpriced(sql, question.from(), question.to(), question.filters()).append(") AS lines WHERE (" + KEY + ") >= ");
        key(sql, first).append(" AND (" + KEY + ") <= ");
        return key(sql, last).append(" GROUP BY " + KEY + ", dimension HAVING sum(quantity) <> 0 ORDER BY dimension");
    }

    /** The models that most requests without a price are of, whoever sent them. */
    static Sql most(Instant from, int limit) {
        return live(from, null, Map.of())
                .append(" SELECT provider, model, code, sum(requests) FROM live GROUP BY provider, model, code"
                        + " ORDER BY sum(requests) DESC, provider, model, code LIMIT ")
                .bind(limit);
    }

    /** The events that are live. */
    private static Sql live(Instant from, @Nullable Instant to, Map<String, String> filters) {
        Sql sql = new Sql()
                .append("WITH live AS (SELECT company, provider, model, coalesce(code, '') AS code, event_time,"
                        + " sum(requests) AS requests FROM cost_calculations WHERE ");
        return unpriced(sql, from, to, filters)
                .append(" GROUP BY company, provider, model, coalesce(code, ''), event_time, event_hash"
                        + " HAVING sum(requests) > 0)");
    }

    /** The state is text of the statement: only so the index of these rows is found. */
    private static Sql unpriced(Sql sql, Instant from, @Nullable Instant to, Map<String, String> filters) {
        sql.append("state = 'unpriced' AND event_time >= ")
                .bind(from.atOffset(ZoneOffset.UTC))
                // No event is booked a day before it happened: partitions of older days are not looked into.
                .append(" AND booked_on >= ")
                .bind(LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(1));
        if (to != null) {
            sql.append(" AND event_time < ").bind(OffsetDateTime.ofInstant(to, ZoneOffset.UTC));
        }
        filters.forEach((column, value) ->
                sql.append(" AND ").append(column).append(" = ").bind(value));
        return sql;
    }

    private static Sql key(Sql sql, List<String> values) {
        sql.append("(");
        for (int i = 0; i < values.size(); i++) {
            sql.append(i == 0 ? "" : ", ").bind(values.get(i));
        }
        return sql.append(")");
    }
}
