package io.tollgate.schemas.config;

import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A compacted topic in memory: read whole by a {@link TopicReader}, then followed. Reads never block and go on from what
 * is known while Kafka is away.
 *
 * <p>Every partition of a configuration topic holds every change. The first one alone is taken, since it has them in
 * order: from another an older value could come after a newer one.
 *
 * <p>A record that can't be read takes its key out of the table: an unreadable revocation must not leave a key in force.
 * So does one that is not what its key names: nothing could replace it.
 */
public final class ConfigTable<V extends SpecificRecord> implements AutoCloseable {
    private static final int FIRST = 0;

    /** Told of every change in the order of the topic, on the table's own thread, after {@link #get} shows it. */
    @FunctionalInterface
    public interface Listener<V> {
        void changed(@Nullable V before, @Nullable V after);
    }

    private final Map<ByteBuffer, V> rows;
    private final TopicReader<V> reader;

    private ConfigTable(Map<ByteBuffer, V> rows, TopicReader<V> reader) {
        this.rows = rows;
        this.reader = reader;
    }

    /** Begins to read the topic, which need not exist yet. */
    public static <V extends SpecificRecord> ConfigTable<V> start(
            Topic topic, KafkaCluster kafka, AvroCodec<V> codec, Listener<? super V> listener) {
        Map<ByteBuffer, V> rows = new ConcurrentHashMap<>();
        TopicReader<V> reader = TopicReader.fromBeginning(topic, kafka, codec, (partition, key, after) -> {
            if (partition != FIRST) {
                return;
            }
            ByteBuffer row = ByteBuffer.wrap(key);
            if (after != null && !Arrays.equals(key, ConfigKeys.of(after))) {
                // The reader says so, and takes it for deleted.
                throw new IllegalArgumentException("it lies under another one's key");
            }
            V before = after == null ? rows.remove(row) : rows.put(row, after);
            listener.changed(before, after);
        });
        return new ConfigTable<>(rows, reader);
    }

    /** Begins to read the topic, which need not exist yet. */
    public static <V extends SpecificRecord> ConfigTable<V> start(Topic topic, KafkaCluster kafka, AvroCodec<V> codec) {
        return start(topic, kafka, codec, (before, after) -> {});
    }

    /** Whether everything that the topic held when the table was started has been read. Once true, stays true. */
    public boolean caughtUp() {
        return reader.caughtUp();
    }

    /** Which server does not answer, and why, for people; null where all do. */
    public @Nullable String waitsFor() {
        return reader.waitsFor();
    }

    /** Waits for {@link #caughtUp}; false if that takes longer, or the thread is interrupted, which it then stays. */
    public boolean awaitCaughtUp(Duration limit) {
        return reader.awaitCaughtUp(limit);
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
        return reader.awaitOffset(partition, offset);
    }

    @Override
    public void close() {
        reader.close();
    }
}
