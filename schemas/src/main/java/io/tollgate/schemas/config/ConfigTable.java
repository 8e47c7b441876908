package io.tollgate.schemas.config;

import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
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
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compacted topic in memory: read whole by a {@code read_committed} consumer without a group, then followed. Reads
 * never block and go on from what is known while Kafka is away.
 *
 * <p>A record that can't be read takes its key out of the table: an unreadable revocation must not leave a key in
 * force. While the registry does not answer, the table waits at that record instead of skipping it.
 */
public final class ConfigTable<V extends SpecificRecord> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigTable.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** Told of every change in the order of the topic, on the table's own thread, after {@link #get} shows it. */
    @FunctionalInterface
    public interface Listener<V> {
        void changed(@Nullable V before, @Nullable V after);
    }

    private record Waiting(TopicPartition partition, long offset, CompletableFuture<Void> seen) {}

    private final Topic topic;
    private final String bootstrapServers;
    private final AvroCodec<V> codec;
    private final Listener<? super V> listener;
    private final Map<ByteBuffer, V> rows = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread reader;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    private ConfigTable(Topic topic, String bootstrapServers, AvroCodec<V> codec, Listener<? super V> listener) {
        this.topic = topic;
        this.bootstrapServers = bootstrapServers;
        this.codec = codec;
        this.listener = listener;
        this.reader = new Thread(this::run, topic.name() + " table");
        this.reader.setDaemon(true);
    }

    /** Begins to read the topic, which need not exist yet. */
    public static <V extends SpecificRecord> ConfigTable<V> start(
            Topic topic, String bootstrapServers, AvroCodec<V> codec, Listener<? super V> listener) {
        ConfigTable<V> table = new ConfigTable<>(topic, bootstrapServers, codec, listener);
        table.reader.start();
        return table;
    }

    /** Begins to read the topic, which need not exist yet. */
    public static <V extends SpecificRecord> ConfigTable<V> start(
            Topic topic, String bootstrapServers, AvroCodec<V> codec) {
        return start(topic, bootstrapServers, codec, (before, after) -> {});
    }

    /** Whether everything that the topic held when the table was started has been read. Once true, stays true. */
    public boolean caughtUp() {
        return caughtUp.getCount() == 0;
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

    /** The last value of a text key, null where there is none. */
    public @Nullable V get(String key) {
        return get(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The last value of a key, null where there is none. */
    public @Nullable V get(byte[] key) {
        return rows.get(ByteBuffer.wrap(key));
    }

    /** All values, in no order; a live view. */
    public Collection<V> values() {
        return Collections.unmodifiableCollection(rows.values());
    }

    /**
     * Completes once the record at {@code offset} is in the table; cancelled when the table is closed first. Runs what
     * depends on it on the table's thread: don't block there.
     */
    public CompletableFuture<Void> awaitOffset(int partition, long offset) {
        Waiting entry = new Waiting(new TopicPartition(topic.name(), partition), offset, new CompletableFuture<>());
        waiting.add(entry);
        releaseWaiting();
        if (closed.getCount() == 0) {
            entry.seen.cancel(false);
        }
        return entry.seen;
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            reader.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.forEach(entry -> entry.seen.completeExceptionally(new CancellationException("the table was closed")));
        waiting.clear();
    }

    private void run() {
        while (isOpen()) {
            try (Consumer<byte[], byte[]> opened = new KafkaConsumer<>(settings())) {
                consumer = opened;
                follow(opened);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("{}: woken to close", topic.name());
            } catch (KafkaException e) {
                LOG.warn("{}: reading failed, trying again: {}", topic.name(), e.toString());
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
                in.seekToBeginning(List.of(partition));
            } else {
                in.seek(partition, known);
            }
        }
        Map<TopicPartition, Long> ends = caughtUp() ? Map.of() : in.endOffsets(partitions);
        while (isOpen()) {
            ConsumerRecords<byte[], byte[]> records = in.poll(POLL);
            boolean allTaken = takeAll(records, in);
            for (TopicPartition partition : partitions) {
                positions.put(partition, in.position(partition));
            }
            if (!caughtUp() && ends.entrySet().stream().allMatch(end -> reached(end.getKey(), end.getValue()))) {
                caughtUp.countDown();
                LOG.info("{}: {} entries read", topic.name(), rows.size());
            }
            releaseWaiting();
            if (!allTaken) {
                pause();
            }
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> in) {
        List<PartitionInfo> found = in.partitionsFor(topic.name());
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
                    LOG.warn("{}: waiting for the registry: {}", topic.name(), e.getMessage());
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
        V after = decode(record);
        ByteBuffer row = ByteBuffer.wrap(key);
        V before = after == null ? rows.remove(row) : rows.put(row, after);
        listener.changed(before, after);
    }

    private @Nullable V decode(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return null;
        }
        try {
            return codec.decode(value);
        } catch (UnreadableRecordException e) {
            LOG.error("{}: record {} can't be read, its key is taken out", topic.name(), record.offset(), e);
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

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void pause() {
        try {
            boolean ignored = closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A reader must not make the topic with the broker's default settings.
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }
}
