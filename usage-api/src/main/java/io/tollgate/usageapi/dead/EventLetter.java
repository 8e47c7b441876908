package io.tollgate.usageapi.dead;

import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.database.Page;
import io.tollgate.usageapi.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A dead letter of one event: something said of it that could not be done, and whether that went in again.
 *
 * @param id where the original lies: topic-partition-offset
 * @param at when it was given up
 */
public record EventLetter(String id, String code, String detail, String at, List<Replay> replays) {
    /** An event has none, or one or two. */
    private static final int MOST = 100;

    /**
     * Those that name the event, and those that could not be read and were put right to be it; the oldest first.
     *
     * @param tellsWho whether it is for an administrator
     */
    public static List<EventLetter> of(
            Connection connection, String company, String source, String eventId, boolean tellsWho)
            throws SQLException {
        Sql sql = new Sql()
                .append("SELECT origin_topic, origin_partition, origin_offset, code, detail, recorded_at")
                .append(" FROM dead_letters WHERE (company = ")
                .bind(company)
                .append(" AND source = ")
                .bind(source)
                .append(" AND event_id = ")
                .bind(eventId)
                .append(")");
        for (String letter : Replay.lettersOf(connection, company, source, eventId)) {
            DeadLetterId id = DeadLetterId.parse(letter);
            if (id != null) {
                id.find(sql.append(" OR (")).append(")");
            }
        }
        sql.append(" ORDER BY recorded_at LIMIT ").bind(MOST);
        List<EventLetter> letters = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                letters.add(new EventLetter(
                        DeadLetterId.of(row).toString(),
                        row.getString("code"),
                        row.getString("detail"),
                        Page.time(row, "recorded_at"),
                        List.of()));
            }
        }
        var replays =
                Replay.of(connection, letters.stream().map(EventLetter::id).toList(), tellsWho);
        letters.replaceAll(letter -> letter.with(replays.getOrDefault(letter.id(), List.of())));
        return letters;
    }

    /** Whether it was given up before it was an event at all. */
    public boolean isOfInbox() {
        return id.startsWith(Topics.USAGE_INBOX.name() + "-");
    }

    private EventLetter with(List<Replay> those) {
        return new EventLetter(id, code, detail, at, those);
    }
}
