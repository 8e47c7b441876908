package io.tollgate.usageapi.dead;

import io.tollgate.usageapi.database.Page;
import io.tollgate.usageapi.database.Snapshots;
import io.tollgate.usageapi.database.Sql;
import io.tollgate.usageapi.dead.DeadLettersBody.Detail;
import io.tollgate.usageapi.dead.DeadLettersBody.Item;
import io.tollgate.usageapi.dead.DeadLettersQuestion.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks PostgreSQL for dead letters. */
final class DeadLettersReader {
    private static final String COLUMNS = "origin_topic, origin_partition, origin_offset, code, detail, recorded_at,"
            + " origin_timestamp, company, source, event_id, octet_length(original) AS size";

    private DeadLettersReader() {}

    static DeadLettersBody read(Connection connection, DeadLettersQuestion question, boolean tellsWho)
            throws SQLException {
        Instant asOf = Snapshots.time(connection);
        Page<Item> page = Page.read(connection, sql(question), question.limit(), DeadLettersReader::item, Place::texts);
        List<String> ids = page.items().stream().map(Item::id).toList();
        Map<String, List<Replay>> replays = Replay.of(connection, ids, tellsWho);
        List<Item> items = page.items().stream()
                .map(item -> item.with(replays.getOrDefault(item.id(), List.of())))
                .toList();
        return new DeadLettersBody(items, page.nextCursor(), asOf.toString());
    }

    /** The page, and one more row where there is a next one. */
    static Sql sql(DeadLettersQuestion question) {
        Sql sql = new Sql()
                .append("SELECT " + COLUMNS + " FROM dead_letters WHERE true")
                .equal(question.filters())
                .within("recorded_at", question.range());
        Place after = question.after();
        if (after != null) {
            sql.append(" AND (recorded_at, origin_topic, origin_partition, origin_offset) < (")
                    .bind(after.at().atOffset(ZoneOffset.UTC))
                    .append(", ")
                    .bind(after.id().topic())
                    .append(", ")
                    .bind(after.id().partition())
                    .append(", ")
                    .bind(after.id().offset())
                    .append(")");
        }
        return sql.append(
                        " ORDER BY recorded_at DESC, origin_topic DESC, origin_partition DESC, origin_offset DESC LIMIT ")
                .bind(question.limit() + 1);
    }

    /**
     * One of them.
     *
     * @param company whose key asks; null: an administrator
     * @return null where there is none
     */
    static @Nullable Detail read(Connection connection, DeadLetterId id, @Nullable String company, Originals originals)
            throws SQLException {
        Sql sql = id.find(new Sql().append("SELECT " + COLUMNS + ", original FROM dead_letters WHERE "));
        if (company != null) {
            sql.append(" AND company = ").bind(company);
        }
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            byte[] original = row.getBytes("original");
            JsonNode submission = original == null ? null : originals.submission(original);
            boolean bytes = original != null && submission == null;
            List<Replay> replays = Replay.of(connection, List.of(id.toString()), company == null)
                    .getOrDefault(id.toString(), List.of());
            return Detail.of(
                    item(row).with(replays),
                    submission,
                    bytes ? Base64.getEncoder().encodeToString(original) : null);
        }
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                DeadLetterId.of(row).toString(),
                row.getString("code"),
                row.getString("detail"),
                Page.time(row, "recorded_at"),
                Page.time(row, "origin_timestamp"),
                row.getString("company"),
                row.getString("source"),
                row.getString("event_id"),
                row.getObject("size", Integer.class),
                List.of());
    }
}
