package io.tollgate.chaos.watch;

import io.tollgate.chaos.part.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What is asked of the database, over one connection for as long as that lasts. */
public final class Books implements AutoCloseable {
    private static final int ANSWER_SECONDS = 5;

    private final Database database;
    private @Nullable Connection connection;

    public Books(Database database) {
        this.database = database;
    }

    /** How far the sink is with a topic. */
    Map<TopicPartition, Long> positions(String topic) throws SQLException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        try (PreparedStatement select =
                open().prepareStatement("SELECT partition, next_offset FROM tollgate.sink_progress WHERE topic = ?")) {
            select.setQueryTimeout(ANSWER_SECONDS);
            select.setString(1, topic);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    positions.put(new TopicPartition(topic, rows.getInt(1)), rows.getLong(2));
                }
            }
        }
        return positions;
    }

    /** Events that count more than once, whatever was corrected since. */
    public long doubled() throws SQLException {
        try (PreparedStatement select = open().prepareStatement(
                                "SELECT count(*) FROM (SELECT FROM tollgate.cost_calculations GROUP BY event_hash HAVING sum(requests) > 1)");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null || !open.isValid(ANSWER_SECONDS)) {
            close();
            open = database.connect();
            connection = open;
        }
        return open;
    }

    @Override
    public void close() throws SQLException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
