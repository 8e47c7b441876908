package io.tollgate.schemas.config;

import io.tollgate.schemas.background.Background;
import io.tollgate.schemas.kafka.FailureText;
import io.tollgate.schemas.kafka.GrouplessConsumer;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every committed record of a topic in order, partition by partition, read by a consumer without a group and then
 * followed on a thread of its own; it goes on where it was once Kafka is back. While the registry does not answer it
 * waits at the record that needs it instead of skipping it.
 */
public final class TopicReader<V extends SpecificRecord> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(500);
    /** Brokers that refuse the reader are asked again at growing distances: their own logs fill up, too. */
    private static final int MOST_DOUBLINGS = 4;

    /** Who starts while Kafka is away is to say so soon; it is asked again. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** Told of every record on the reader's own thread: don't wait there. */
    @FunctionalInterface
    public interface Listener<V> {
        /**
         * A record was read.
         *
         * @param value null: a tombstone, or one that can't be read, or that the listener has thrown at (which is logged)
         */
        void read(int partition, byte[] key, @Nullable V value);
    }

    private record Waiting(TopicPartition partition, long offset, CompletableFuture<Void> seen) {}

    private final Topic topic;
    private final KafkaCluster kafka;
    private final AvroCodec<V> codec;
    private final @Nullable Duration back;
    private final Listener<? super V> listener;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Background background;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile @Nullable String waitsFor;
    private long count;
    private int failuresInARow;

    private TopicReader(
            Topic topic,
            KafkaCluster kafka,
            AvroCodec<V> codec,
            @Nullable Duration back,
            Listener<? super V> listener) {
        this.topic = topic;
        this.kafka = kafka;
        this.codec = codec;
        this.back = back;
        this.listener = listener;
        this.background = new Background(topic.name() + " reader", this::run);
    }

    /** Begins to read the topic, which need not exist yet, at its beginning. */
    public static <V extends SpecificRecord> TopicReader<V> fromBeginning(
            Topic topic, KafkaCluster kafka, AvroCodec<V> codec, Listener<? super V> listener) {
        return started(new TopicReader<>(topic, kafka, codec, null, listener));
    }

    /**
     * Begins to read the topic, which need not exist yet, at the first record that the broker appended, by its own clock,
     * after so long ago by this machine's.
     */
    public static <V extends SpecificRecord> TopicReader<V> fromAgo(
            Duration back, Topic topic, KafkaCluster kafka, AvroCodec<V> codec, Listener<? super V> listener) {
        return started(new TopicReader<>(topic, kafka, codec, back, listener));
    }

    private static <V extends SpecificRecord> TopicReader<V> started(TopicReader<V> reader) {
        reader.background.start();
        return reader;
    }

    /** Whether everything that the topic held when the reader was started has been read. Once true, stays true. */
    public boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Which server does not answer, and why, for people; null where all do. */
    public @Nullable String waitsFor() {
        return waitsFor;
    }

    /** Waits for {@link #caughtUp}; false if that takes longer, or the thread is interrupted, which it then stays. */
    public boolean awaitCaughtUp(Duration limit) {
        try {
            return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return caughtUp();
        }
    }

    /**
     * Completes once the listener has been told of the record at {@code offset}; cancelled when the reader is closed first.
     * Runs what depends on it on the reader's thread: don't block there.
     */
    public CompletableFuture<Void> awaitOffset(int partition, long offset) {
        Waiting entry = new Waiting(new TopicPartition(topic.name(), partition), offset, new CompletableFuture<>());
        waiting.add(entry);
        releaseWaiting();
        if (!background.isOpen()) {
            entry.seen.cancel(false);
        }
        return entry.seen;
    }

    @Override
    public void close() {
        background.end();
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        background.await(CLOSE);
        waiting.forEach(entry -> entry.seen.completeExceptionally(new CancellationException("the reader was closed")));
        waiting.clear();
    }

    private void run() {
        while (background.isOpen()) {
            try (Consumer<byte[], byte[]> opened = new GrouplessConsumer(kafka)) {
                consumer = opened;
                follow(opened);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("{}: woken to close", topic.name());
            } catch (KafkaException e) {
                Duration pause = RETRY.multipliedBy(1L << Math.min(failuresInARow, MOST_DOUBLINGS));
                failuresInARow++;
                String failure = FailureText.of(e);
                waitsFor = "Kafka at " + kafka + ": " + failure;
                LOG.warn("{}: reading failed, trying again in {} ms: {}", topic.name(), pause.toMillis(), failure);
                boolean ignored = background.pause(pause);
            } catch (RuntimeException e) {
                // Whoever listens failed. To go on without it would be to stand still in silence.
                LOG.error("{}: a record could not be taken in, trying again", topic.name(), e);
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> in) {
        List<TopicPartition> partitions = partitions(in);
        if (partitions.isEmpty()) {
            pause();
            return;
        }
        in.assign(partitions);
        for (TopicPartition partition : partitions) {
            Long known = positions.get(partition);
            if (known == null) {
                seekToStart(in, partition);
            } else {
                in.seek(partition, known);
            }
        }
        Map<TopicPartition, Long> ends = caughtUp() ? Map.of() : in.endOffsets(partitions);
        while (background.isOpen()) {
            ConsumerRecords<byte[], byte[]> records = in.poll(POLL);
            failuresInARow = 0;
            boolean allTaken = takeAll(records, in);
            if (allTaken) {
                waitsFor = null;
            }
            for (TopicPartition partition : partitions) {
                positions.put(partition, in.position(partition));
            }
            if (!caughtUp() && ends.entrySet().stream().allMatch(end -> reached(end.getKey(), end.getValue()))) {
                caughtUp.countDown();
                LOG.info("{}: {} records read", topic.name(), count);
            }
            releaseWaiting();
            if (!allTaken) {
                pause();
            }
        }
    }

    private void seekToStart(Consumer<byte[], byte[]> in, TopicPartition partition) {
        if (back == null) {
            in.seekToBeginning(List.of(partition));
            return;
        }
        long since = System.currentTimeMillis() - back.toMillis();
        OffsetAndTimestamp first = in.offsetsForTimes(Map.of(partition, since)).get(partition);
        if (first == null) {
            in.seekToEnd(List.of(partition));
        } else {
            in.seek(partition, first.offset());
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> in) {
        List<PartitionInfo> found = in.partitionsFor(topic.name(), ANSWER);
        return found == null
                ? List.of()
                : found.stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
    }

    /** False where the registry did not answer: the position is back at the record that needs it. */
    private boolean takeAll(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> in) {
        boolean allTaken = true;
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                try {
                    take(record);
                } catch (RegistryException e) {
                    waitsFor = e.getMessage();
                    LOG.warn("{}: waiting for the registry: {}", topic.name(), waitsFor);
                    in.seek(partition, record.offset());
                    allTaken = false;
                    break;
                }
            }
        }
        return allTaken;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        if (key == null) {
            LOG.error("{}: record {} has no key and is left out", topic.name(), record.offset());
            return;
        }
        V value = decode(record);
        try {
            listener.read(record.partition(), key, value);
        } catch (KafkaException | RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            if (value == null) {
                throw e;
            }
            LOG.error(
                    "{}: record {} can't be taken in and counts as deleted: {}",
                    topic.name(),
                    record.offset(),
                    e.toString());
            listener.read(record.partition(), key, null);
        }
        count++;
    }

    private @Nullable V decode(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return null;
        }
        try {
            return codec.decode(value);
        } catch (UnreadableRecordException e) {
            // Without the stack: somebody may write many of them.
            LOG.error(
                    "{}: record {} can't be read and counts as deleted: {}",
                    topic.name(),
                    record.offset(),
                    e.getMessage());
            return null;
        }
    }

    private void releaseWaiting() {
        waiting.removeIf(entry -> {
            boolean seen = reached(entry.partition, entry.offset + 1);
            if (seen) {
                entry.seen.complete(null);
            }
            return seen || entry.seen.isDone();
        });
    }

    private boolean reached(TopicPartition partition, long offset) {
        return positions.getOrDefault(partition, 0L) >= offset;
    }

    private void pause() {
        boolean ignored = background.pause(RETRY);
    }
}
