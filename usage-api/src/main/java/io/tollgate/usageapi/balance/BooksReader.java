package io.tollgate.usageapi.balance;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.balance.Books.Money;
import io.tollgate.usageapi.database.Snapshots;
import io.tollgate.usageapi.database.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Counts the books. Outcomes only count up to the offset that {@code accepted_submissions} has counted to: the sink
 * reads usage.events and the topology's outputs apart, so either may be ahead.
 */
@Component
final class BooksReader {
    /** Outcomes of (partition, offset) that lie before what has been counted of usage.events. */
    private static final String COUNTED =
            " JOIN sink_progress p ON p.topic = 'usage.events' AND p.partition = %1$s AND %2$s < p.next_offset";

    /** Of letters {@code d}, those of usage.events that nobody could read, and whose outcome nobody can say: they stand for it. */
    static final String DIED_UNREAD = "d.origin_topic = '" + Topics.USAGE_EVENTS.name() + "'"
            + " AND NOT EXISTS (SELECT FROM event_outcomes o WHERE o.events_partition = d.origin_partition"
            + " AND o.events_offset = d.origin_offset"
            + " AND o.booked_on = (d.origin_timestamp AT TIME ZONE 'UTC')::date)";

    private static final String DEAD = "dead";

    /** @param partition column of a submission's partition in usage.events */
    static String counted(String partition, String offset) {
        return COUNTED.formatted(partition, offset);
    }

    Books read(Connection connection, BalanceQuestion question) throws SQLException {
        Instant asOf = Snapshots.time(connection);
        Map<Integer, Long> accepted = accepted(connection, question);
        Map<Integer, Long> decided = new HashMap<>();
        SortedMap<String, Long> outcomes = new TreeMap<>();
        outcomes(connection, question, decided, outcomes);
        long deadBeforeRekey = deadBeforeRekey(connection, question);
        outcomes.merge(DEAD, deadBeforeRekey, Long::sum);
        Map<Integer, Tally> tallies = new HashMap<>();
        accepted.forEach(
                (partition, count) -> tallies.put(partition, new Tally(count, decided.getOrDefault(partition, 0L))));
        decided.forEach((partition, count) -> tallies.putIfAbsent(partition, new Tally(0, count)));
        SinkProgress progress = SinkProgress.read(connection);
        Instant ledgerMoved = progress.ledgerMoved();
        return new Books(
                tallies,
                outcomes,
                deadBeforeRekey,
                money(connection, question),
                progress.offsets(),
                ledgerMoved == null ? null : Duration.between(ledgerMoved, asOf),
                asOf);
    }

    private static Map<Integer, Long> accepted(Connection connection, BalanceQuestion question) throws SQLException {
        Sql sql = new Sql().append("SELECT events_partition, sum(submissions) FROM accepted_submissions WHERE ");
        booked(sql, question).append(" GROUP BY events_partition");
        Map<Integer, Long> accepted = new HashMap<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                accepted.put(found.getInt(1), found.getLong(2));
            }
        }
        return accepted;
    }

    private static void outcomes(
            Connection connection,
            BalanceQuestion question,
            Map<Integer, Long> byPartition,
            SortedMap<String, Long> byKind)
            throws SQLException {
        Sql sql = new Sql().append("SELECT events_partition, outcome, count(*) FROM event_outcomes");
        sql.append(counted("events_partition", "events_offset")).append(" WHERE ");
        booked(sql, question).append(" GROUP BY 1, 2 UNION ALL ");
        sql.append("SELECT events_partition, 'rated', count(*) FROM cost_calculations");
        sql.append(counted("events_partition", "events_offset"))
                .append(" WHERE kind = 'usage' AND state = 'rated' AND ");
        booked(sql, question).append(" GROUP BY 1 UNION ALL ");
        unreadable(sql, question);
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                byPartition.merge(found.getInt(1), found.getLong(3), Long::sum);
                byKind.merge(found.getString(2), found.getLong(3), Long::sum);
            }
        }
    }

    private static void unreadable(Sql sql, BalanceQuestion question) {
        sql.append("SELECT origin_partition, 'dead', count(*) FROM dead_letters d");
        sql.append(counted("origin_partition", "origin_offset")).append(" WHERE " + DIED_UNREAD + " AND ");
        died(sql, question).append(" GROUP BY 1");
    }

    private static long deadBeforeRekey(Connection connection, BalanceQuestion question) throws SQLException {
        Sql sql = new Sql()
                .append("SELECT count(*) FROM dead_letters WHERE origin_topic = ")
                .bind(Topics.USAGE_INBOX.name())
                .append(" AND ");
        died(sql, question);
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            found.next();
            return found.getLong(1);
        }
    }

    private static List<Money> money(Connection connection, BalanceQuestion question) throws SQLException {
        Sql sql = new Sql()
                .append("SELECT currency, sum(cost), sum(stats_cost), sum(list_cost), sum(stats_list_cost) FROM (")
                .append(
                        "SELECT currency, cost, 0 AS stats_cost, list_cost, 0 AS stats_list_cost FROM cost_calculations")
                .append(" WHERE event_time >= ")
                .bind(utc(question.from()))
                .append(" AND event_time < ")
                .bind(utc(question.to()))
                // An event may be a quarter of an hour ahead of its booking: this keeps older partitions out of the
                // plan.
                .append(" AND booked_on >= ")
                .bind(question.from().minusDays(1));
        company(sql, question)
                .append(" UNION ALL SELECT currency, 0, cost, 0, list_cost FROM usage_stats WHERE date >= ")
                .bind(question.from())
                .append(" AND date < ")
                .bind(question.to());
        company(sql, question).append(") sums GROUP BY currency ORDER BY currency NULLS LAST");
        List<Money> money = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                Money sums = new Money(
                        found.getString(1), decimal(found, 2), decimal(found, 3), decimal(found, 4), decimal(found, 5));
                if (sums.currency() != null || !sums.balances()) {
                    money.add(sums);
                }
            }
        }
        return money;
    }

    private static Sql booked(Sql sql, BalanceQuestion question) {
        sql.append("booked_on >= ")
                .bind(question.from())
                .append(" AND booked_on < ")
                .bind(question.to());
        return company(sql, question);
    }

    private static Sql died(Sql sql, BalanceQuestion question) {
        sql.append("origin_timestamp >= ")
                .bind(utc(question.from()))
                .append(" AND origin_timestamp < ")
                .bind(utc(question.to()));
        return company(sql, question);
    }

    private static Sql company(Sql sql, BalanceQuestion question) {
        String company = question.company();
        return company == null ? sql : sql.append(" AND company = ").bind(company);
    }

    private static OffsetDateTime utc(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static Decimal decimal(ResultSet row, int column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? Decimal.ZERO : Decimal.of(value);
    }
}
