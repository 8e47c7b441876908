package io.tollgate.sink.consume;

import io.tollgate.sink.progress.Progress;
import io.tollgate.sink.progress.Standing;
import io.tollgate.sink.progress.TopicIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the books stand with each partition of one consumer, as far as that consumer knows. A position is only ever read
 * from the database or moved by a batch that was committed; whenever it is read, the consumer is set there, and whatever
 * was fetched before is not to be written: between it and the new position there may be records that nobody has seen.
 *
 * <p>Used by one consumer thread.
 */
final class Positions {
    private static final Logger log = LoggerFactory.getLogger(Positions.class);

    private final String topic;
    private final boolean mayHaveGaps;
    private final DataSource database;
    private final TopicIdentities identities;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Set<TopicPartition> readAgain = new HashSet<>();
    private @Nullable TopicIdentity identity;

    Positions(Source source, DataSource database, TopicIdentities identities) {
        this.topic = source.topic();
        this.mayHaveGaps = source.mayHaveGaps();
        this.database = database;
        this.identities = identities;
    }

    /**
     * Reads the partitions' positions and sets the consumer there. Those that are not assigned to it any more are forgotten.
     *
     * @throws BrokenBooksException if the log can't be continued
     */
    void read(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) throws SQLException {
        forget(partitions);
        Set<TopicPartition> assigned = new HashSet<>(partitions);
        assigned.retainAll(consumer.assignment());
        if (assigned.isEmpty()) {
            return;
        }
        TopicIdentity now = identities.now(topic);
        Map<TopicPartition, Long> logStarts = consumer.beginningOffsets(assigned);
        Map<TopicPartition, Long> found = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            Map<Integer, Progress.Row> rows = Progress.read(connection, topic);
            for (TopicPartition partition : assigned) {
                long logStart = logStarts.getOrDefault(partition, 0L);
                found.put(partition, standing(connection, rows, now, partition, logStart));
            }
            connection.commit();
        }
        identity = now;
        found.forEach((partition, offset) -> {
            consumer.seek(partition, offset);
            next.put(partition, offset);
        });
        log.info("{} goes on from {}", topic, found);
    }

    private long standing(
            Connection connection,
            Map<Integer, Progress.Row> rows,
            TopicIdentity now,
            TopicPartition partition,
            long logStart)
            throws SQLException {
        int number = partition.partition();
        // Where gaps are allowed, the consumer itself goes on from where the log begins.
        long needed = mayHaveGaps ? 0 : logStart;
        Standing standing = Standing.of(rows.get(number), now, number, needed);
        if (standing instanceof Standing.New begun) {
            Progress.start(connection, now, number, begun.offset());
            // Another sink may have begun it a moment ago, and gone on.
            standing = Standing.of(Progress.read(connection, now.topic()).get(number), now, number, needed);
            if (logStart > 0) {
                log.warn(
                        "{} is new to the books and begins at offset {}: what was before is gone", partition, logStart);
            }
        }
        if (standing instanceof Standing.At at) {
            return at.offset();
        }
        throw new BrokenBooksException(
                standing instanceof Standing.Broken broken ? broken.reason() : partition + " could not be begun");
    }

    /** Whether the topic is still the one whose offsets these are. */
    boolean areOf(TopicIdentity now) {
        return identity == null || identity.equals(now);
    }

    /** The log that the positions belong to. */
    TopicIdentity identity() {
        if (identity == null) {
            throw new IllegalStateException("no position of " + topic + " has been read yet");
        }
        return identity;
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(next::remove);
        readAgain.addAll(partitions);
    }

    Set<TopicPartition> known() {
        return Set.copyOf(next.keySet());
    }

    long of(TopicPartition partition) {
        Long offset = next.get(partition);
        if (offset == null) {
            throw new IllegalStateException("the position of " + partition + " is not known");
        }
        return offset;
    }

    /** From here on, batches come that were fetched from the positions. */
    void freshBatch() {
        readAgain.clear();
    }

    /** The records that continue the books: fetched from the position, and not written yet. */
    List<ConsumerRecord<byte[], byte[]>> continuing(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().filter(this::continues).toList();
    }

    private boolean continues(ConsumerRecord<?, ?> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Long position = next.get(partition);
        return position != null && !readAgain.contains(partition) && record.offset() >= position;
    }

    /** After a commit. A consumer that has been set back in between is set forward again. */
    void moved(Consumer<?, ?> consumer, TopicPartition partition, long to) {
        next.put(partition, to);
        if (consumer.assignment().contains(partition) && consumer.position(partition) < to) {
            consumer.seek(partition, to);
        }
    }

    /**
     * After a failure: sets the consumer back to the positions. Whatever then becomes of the batch in hand (tried again,
     * dropped at a stop or a rebalance), nothing is passed over.
     */
    void rewind(Consumer<?, ?> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        next.forEach((partition, offset) -> {
            if (assigned.contains(partition)) {
                consumer.seek(partition, offset);
            }
        });
    }
}
