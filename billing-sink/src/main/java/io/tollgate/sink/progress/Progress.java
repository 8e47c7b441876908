package io.tollgate.sink.progress;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code sink_progress}. Every method works in the connection's transaction. */
public final class Progress {
    private static final String READ =
            "SELECT partition, next_offset, cluster_id, topic_id FROM sink_progress WHERE topic = ?";
    private static final String START =
            "INSERT INTO sink_progress (topic, partition, next_offset, cluster_id, topic_id)"
                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String LOCK =
            "SELECT FROM sink_progress WHERE topic = ? AND partition = ANY (?)" + " ORDER BY partition FOR UPDATE";
    private static final String MOVE =
            "UPDATE sink_progress p SET next_offset = step.next, updated_at = clock_timestamp()"
                    + " FROM unnest(?::int[], ?::bigint[], ?::bigint[]) AS step (partition, expected, next)"
                    + " WHERE p.topic = ? AND p.cluster_id = ? AND p.topic_id = ?"
                    + " AND p.partition = step.partition AND p.next_offset = step.expected";

    private Progress() {}

    /** A row of the table. */
    public record Row(long nextOffset, String clusterId, String topicId) {}

    /** Rows of a topic by partition. */
    public static Map<Integer, Row> read(Connection connection, String topic) throws SQLException {
        Map<Integer, Row> rows = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setString(1, topic);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.put(found.getInt(1), new Row(found.getLong(2), found.getString(3), found.getString(4)));
                }
            }
        }
        return rows;
    }

    /** Begins a partition, unless another sink has begun it already. */
    public static void start(Connection connection, TopicIdentity identity, int partition, long offset)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(START)) {
            insert.setString(1, identity.topic());
            insert.setInt(2, partition);
            insert.setLong(3, offset);
            insert.setString(4, identity.clusterId());
            insert.setString(5, identity.topicId());
            insert.executeUpdate();
        }
    }

    /**
     * Moves all of the partitions on, or says that another sink has been here. The rows are locked first and in order, so
     * that two sinks with the same partitions wait for each other and do not deadlock.
     *
     * @return false if any partition does not stand where it was expected; the transaction must then be rolled back
     */
    static boolean move(Connection connection, TopicIdentity identity, Collection<Advance> steps) throws SQLException {
        List<Advance> ordered = List.copyOf(steps);
        Array partitions = connection.createArrayOf(
                "int4", ordered.stream().map(Advance::partition).toArray());
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, identity.topic());
            lock.setArray(2, partitions);
            lock.executeQuery().close();
        }
        try (PreparedStatement update = connection.prepareStatement(MOVE)) {
            update.setArray(1, partitions);
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "int8", ordered.stream().map(Advance::expected).toArray()));
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", ordered.stream().map(Advance::next).toArray()));
            update.setString(4, identity.topic());
            update.setString(5, identity.clusterId());
            update.setString(6, identity.topicId());
            return update.executeUpdate() == ordered.size();
        }
    }
}
