package io.tollgate.usageapi.dead;

import io.tollgate.usageapi.database.Page;
import io.tollgate.usageapi.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That a dead letter went in again, as the audit has it: its entry was written in the replay's own transaction, so neither is
 * there without the other.
 *
 * @param version of the configuration, by which the audit shows it
 * @param action {@code replayed}: as it came; {@code fixed}: as it should have been
 * @param by null for a key: administrators are none of a company's
 */
public record Replay(long version, String at, String action, @Nullable By by) {
    /** As the index has it. */
    private static final String OF_LETTERS = " WHERE kind = 'dead_letter'";

    /**
     * Who it was.
     *
     * @param id of a named administrator
     */
    public record By(String kind, @Nullable String id) {}

    /**
     * All of some letters, by their ids, the oldest first.
     *
     * @param tellsWho whether it is for an administrator
     */
    public static Map<String, List<Replay>> of(Connection connection, List<String> letters, boolean tellsWho)
            throws SQLException {
        Map<String, List<Replay>> replays = new HashMap<>();
        if (letters.isEmpty()) {
            return replays;
        }
        Sql sql = new Sql()
                .append("SELECT entity_id, version, at, action, actor_kind, actor_id FROM audit_logs" + OF_LETTERS)
                .append(" AND entity_id = ANY (")
                .bindArray("text", letters)
                .append(") ORDER BY version, position");
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                replays.computeIfAbsent(row.getString("entity_id"), letter -> new ArrayList<>())
                        .add(new Replay(
                                row.getLong("version"),
                                Page.time(row, "at"),
                                row.getString("action"),
                                tellsWho ? new By(row.getString("actor_kind"), row.getString("actor_id")) : null));
            }
        }
        return replays;
    }

    /** Ids of the letters that became an event: what an entry shows of it names the event. */
    static List<String> lettersOf(Connection connection, String company, String source, String eventId)
            throws SQLException {
        Sql sql = new Sql()
                .append("SELECT DISTINCT entity_id FROM audit_logs" + OF_LETTERS)
                .append(" AND after ->> 'id' = ")
                .bind(eventId)
                .append(" AND after ->> 'source' = ")
                .bind(source)
                .append(" AND company = ")
                .bind(company);
        List<String> letters = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                letters.add(row.getString("entity_id"));
            }
        }
        return letters;
    }
}
