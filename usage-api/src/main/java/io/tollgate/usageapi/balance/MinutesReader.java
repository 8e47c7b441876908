package io.tollgate.usageapi.balance;

import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.balance.MinutesBody.Minute;
import io.tollgate.usageapi.database.Snapshots;
import io.tollgate.usageapi.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the books as {@link BooksReader} does, by the minute in which the broker got a submission. */
final class MinutesReader {
    private static final String ACCEPTED = "accepted";
    private static final String PENDING = "pending";

    private MinutesReader() {}

    static MinutesBody read(Connection connection, MinutesQuestion question) throws SQLException {
        Instant asOf = Snapshots.time(connection);
        SortedMap<Instant, SortedMap<String, Long>> counted = new TreeMap<>();
        try (PreparedStatement statement = sql(question).prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                Instant minute = found.getObject(1, OffsetDateTime.class).toInstant();
                counted.computeIfAbsent(minute, first -> new TreeMap<>())
                        .merge(found.getString(2), found.getLong(3), Long::sum);
            }
        }
        List<Minute> items =
                counted.entrySet().stream().map(MinutesReader::minute).toList();
        return new MinutesBody(
                question.from().toString(), question.to().toString(), question.company(), items, asOf.toString());
    }

    private static Minute minute(Map.Entry<Instant, SortedMap<String, Long>> counted) {
        SortedMap<String, Long> outcomes = counted.getValue();
        Long accepted = outcomes.remove(ACCEPTED);
        long decided = outcomes.values().stream().mapToLong(Long::longValue).sum();
        Long pending = outcomes.remove(PENDING);
        long all = accepted == null ? 0 : accepted;
        return new Minute(counted.getKey().toString(), all, outcomes, pending == null ? 0 : pending, all - decided);
    }

    /** Rows of minute, kind and count; what died before it was an event is accepted and dead in one. */
    private static Sql sql(MinutesQuestion question) {
        Sql sql = new Sql()
                .append("SELECT minute, 'accepted', sum(submissions)::bigint FROM accepted_minutes WHERE true");
        grouped(sql, "minute", question, "1")
                .append(" UNION ALL SELECT date_trunc('minute', booked_at), outcome, count(*)");
        sql.append(" FROM event_outcomes").append(BooksReader.counted("events_partition", "events_offset"));
        grouped(booked(sql, question), "booked_at", question, "1, 2")
                .append(" UNION ALL SELECT date_trunc('minute', booked_at), 'rated', count(*) FROM cost_calculations")
                .append(BooksReader.counted("events_partition", "events_offset"));
        grouped(booked(sql, question).append(" AND kind = 'usage' AND state = 'rated'"), "booked_at", question, "1")
                .append(
                        " UNION ALL SELECT date_trunc('minute', origin_timestamp), 'dead', count(*) FROM dead_letters d")
                .append(BooksReader.counted("origin_partition", "origin_offset"))
                .append(" WHERE ")
                .append(BooksReader.DIED_UNREAD);
        grouped(sql, "origin_timestamp", question, "1")
                .append(" UNION ALL SELECT date_trunc('minute', origin_timestamp), kind, count(*) FROM dead_letters,")
                .append(" (VALUES ('accepted'), ('dead')) both_of (kind) WHERE origin_topic = ")
                .bind(Topics.USAGE_INBOX.name());
        return grouped(sql, "origin_timestamp", question, "1, 2");
    }

    /** Only the days that the minutes are of. */
    private static Sql booked(Sql sql, MinutesQuestion question) {
        return sql.append(" WHERE booked_on >= ")
                .bind(LocalDate.ofInstant(question.from(), ZoneOffset.UTC))
                .append(" AND booked_on <= ")
                .bind(LocalDate.ofInstant(question.to(), ZoneOffset.UTC));
    }

    private static Sql grouped(Sql sql, String time, MinutesQuestion question, String by) {
        sql.within(time, question.range());
        if (question.company() != null) {
            sql.append(" AND company = ").bind(question.company());
        }
        return sql.append(" GROUP BY " + by);
    }
}
