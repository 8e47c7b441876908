package io.tollgate.usageapi.balance;

import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the sink has written each partition.
 *
 * @param ledgerMoved when it last wrote ledger rows, null where it never has
 * @param eventsTopicId Kafka's id of the usage.events that the books are of, null where it has written nothing of it
 */
public record SinkProgress(
        Map<TopicPartition, Long> offsets, @Nullable Instant ledgerMoved, @Nullable String eventsTopicId) {

    /** As the connection's snapshot has it. */
    public static SinkProgress read(Connection connection) throws SQLException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Instant ledgerMoved = null;
        String eventsTopicId = null;
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT topic, partition, next_offset, updated_at, topic_id FROM sink_progress");
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                String topic = found.getString(1);
                offsets.put(new TopicPartition(topic, found.getInt(2)), found.getLong(3));
                Instant moved = found.getObject(4, OffsetDateTime.class).toInstant();
                if (topic.equals(Topics.USAGE_RATED.name()) && (ledgerMoved == null || moved.isAfter(ledgerMoved))) {
                    ledgerMoved = moved;
                }
                if (topic.equals(Topics.USAGE_EVENTS.name())) {
                    eventsTopicId = found.getString(5);
                }
            }
        }
        return new SinkProgress(offsets, ledgerMoved, eventsTopicId);
    }

    /** Where the sink goes on; 0 where it has never written. */
    public long next(Topic topic, int partition) {
        return offsets.getOrDefault(new TopicPartition(topic.name(), partition), 0L);
    }
}
