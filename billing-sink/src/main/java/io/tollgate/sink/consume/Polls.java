package io.tollgate.sink.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes one batch of several polls, which ends at so many records or so many bytes. What a poll returns lies in memory
 * unpacked, and a consumer can only be told how many records that may be: five thousand of the largest that a company may
 * send would be more than there is.
 *
 * <p>Used by one consumer thread.
 */
final class Polls {
    private final Function<Duration, ConsumerRecords<byte[], byte[]>> poll;
    private final Supplier<Set<TopicPartition>> assignment;
    private final int step;
    private final int mostRecords;
    private final long mostBytes;
    private @Nullable RuntimeException owed;

    /**
     * Of one consumer.
     *
     * @param poll asks the consumer, for {@code step} records at most
     * @param assignment the partitions that the consumer has
     * @param mostBytes after which none is asked for any more
     */
    Polls(
            Function<Duration, ConsumerRecords<byte[], byte[]>> poll,
            Supplier<Set<TopicPartition>> assignment,
            int step,
            int mostRecords,
            long mostBytes) {
        this.poll = poll;
        this.assignment = assignment;
        this.step = step;
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /** Waits as long as one poll does; what more there is must have been fetched already. */
    ConsumerRecords<byte[], byte[]> next(Duration limit) {
        RuntimeException failure = owed;
        if (failure != null) {
            owed = null;
            throw failure;
        }
        ConsumerRecords<byte[], byte[]> records = poll.apply(limit);
        if (!mayHaveMore(records)) {
            return records;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> batch = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>();
        int count = 0;
        long bytes = 0;
        while (true) {
            bytes += add(records, batch, nextOffsets);
            count += records.count();
            if (!mayHaveMore(records) || count + step > mostRecords || bytes >= mostBytes) {
                return new ConsumerRecords<>(batch, nextOffsets);
            }
            try {
                records = poll.apply(Duration.ZERO);
            } catch (RuntimeException e) {
                // The consumer is past what is in hand, so that is to be written first.
                owed = e;
                return new ConsumerRecords<>(batch, nextOffsets);
            }
            batch.keySet().retainAll(assignment.get());
        }
    }

    private boolean mayHaveMore(ConsumerRecords<byte[], byte[]> records) {
        return records.count() >= step;
    }

    /** How many bytes they are. A partition that was set back in between begins anew: it had been given away. */
    private static long add(
            ConsumerRecords<byte[], byte[]> records,
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> batch,
            Map<TopicPartition, OffsetAndMetadata> nextOffsets) {
        long bytes = 0;
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> more = records.records(partition);
            List<ConsumerRecord<byte[], byte[]>> held = batch.computeIfAbsent(partition, first -> new ArrayList<>());
            if (!held.isEmpty()
                    && held.get(held.size() - 1).offset() >= more.get(0).offset()) {
                held.clear();
            }
            held.addAll(more);
            for (ConsumerRecord<byte[], byte[]> record : more) {
                bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            }
        }
        nextOffsets.putAll(records.nextOffsets());
        return bytes;
    }
}
