package io.tollgate.sink.consume;

import io.tollgate.schemas.database.RootMessage;
import io.tollgate.sink.batch.BatchMetrics;
import io.tollgate.sink.batch.BatchWriter;
import io.tollgate.sink.progress.Advance;
import io.tollgate.sink.progress.ExactlyOnceTransaction.Ending;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Between one consumer and the books: reads the position on assignment, hands over what continues it, moves on after the
 * commit. An exception leaves it with the consumer set back, so the container may try the same batch again or drop it.
 */
final class TopicListener
        implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(TopicListener.class);
    /** A topic deleted and made anew faster than a consumer notices would go on under its old offsets for so long at most. */
    private static final long IDENTITY_CHECK_NANOS = Duration.ofSeconds(10).toNanos();

    private final String topic;
    private final BatchWriter<?> writer;
    private final Positions positions;
    private final TopicIdentities identities;
    private final BatchMetrics metrics;
    private final ConsumerStatus status;
    private @Nullable ConsumerRecord<?, ?> inHand;
    private long identityChecked = System.nanoTime();
    private int failuresInARow;

    TopicListener(
            String topic,
            BatchWriter<?> writer,
            Positions positions,
            TopicIdentities identities,
            BatchMetrics metrics,
            ConsumerStatus status) {
        this.topic = topic;
        this.writer = writer;
        this.positions = positions;
        this.identities = identities;
        this.metrics = metrics;
        this.status = status;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> records,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        if (status.isBroken() || consumer == null || records.isEmpty()) {
            return;
        }
        if (records.get(0) != inHand) {
            inHand = records.get(0);
            positions.freshBatch();
        }
        try {
            write(records, consumer);
            failuresInARow = 0;
            if (acknowledgment != null) {
                acknowledgment.acknowledge();
            }
        } catch (BrokenBooksException e) {
            status.broken(e.getMessage());
        } catch (SQLException | RuntimeException e) {
            failed(records.size(), e);
            positions.rewind(consumer);
            throw new BatchNotWrittenException(topic, e);
        }
    }

    /** The whole story once, then a line for each attempt: an outage may last for hours. */
    private void failed(int records, Exception e) {
        metrics.retried();
        failuresInARow++;
        if (failuresInARow == 1) {
            log.warn("{}: a batch of {} records was not written and is tried again", topic, records, e);
        } else {
            log.warn("{}: attempt {} failed: {}", topic, failuresInARow, RootMessage.of(e));
        }
    }

    private void write(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) throws SQLException {
        checkIdentity(consumer);
        readMissing(records, consumer);
        List<ConsumerRecord<byte[], byte[]>> continuing = positions.continuing(records);
        if (continuing.isEmpty()) {
            return;
        }
        Map<TopicPartition, Advance> steps = steps(continuing);
        Ending ending = writer.write(positions.identity(), continuing, steps.values());
        if (ending == Ending.COMMITTED) {
            steps.forEach((partition, step) -> positions.moved(consumer, partition, step.next()));
        } else {
            metrics.outrun();
            log.info("{}: another sink has been here, reading the positions of {} again", topic, steps.keySet());
            positions.read(consumer, steps.keySet());
        }
    }

    private void checkIdentity(Consumer<?, ?> consumer) throws SQLException {
        if (System.nanoTime() - identityChecked > IDENTITY_CHECK_NANOS) {
            if (!positions.areOf(identities.now(topic))) {
                positions.read(consumer, positions.known());
            }
            identityChecked = System.nanoTime();
        }
    }

    private void readMissing(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer)
            throws SQLException {
        Set<TopicPartition> missing = new HashSet<>();
        records.forEach(record -> missing.add(new TopicPartition(record.topic(), record.partition())));
        missing.removeAll(positions.known());
        if (!missing.isEmpty()) {
            positions.read(consumer, missing);
        }
    }

    private Map<TopicPartition, Advance> steps(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Advance> steps = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            steps.put(partition, new Advance(record.partition(), positions.of(partition), record.offset() + 1));
        }
        return steps;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        try {
            positions.read(consumer, partitions);
        } catch (BrokenBooksException e) {
            status.broken(e.getMessage());
            consumer.seekToBeginning(partitions);
        } catch (SQLException | RuntimeException e) {
            log.warn("{}: the positions of {} are not known yet: {}", topic, partitions, RootMessage.of(e));
            // Anywhere will do: what is fetched is dropped until the positions are known.
            consumer.seekToBeginning(partitions);
        }
        status.joined();
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        positions.forget(new ArrayList<>(partitions));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        positions.forget(new ArrayList<>(partitions));
    }
}
