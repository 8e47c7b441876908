package io.tollgate.streams.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What to look at when: an index by deadline, in a logged store. A hint and no more. What has become of the thing is kept
 * elsewhere, so nothing is taken out of here when it is settled before its time; the deadline comes and finds nothing to
 * do.
 */
public final class Deadlines {
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<byte[], byte[]> store;
    private long earliest;

    public Deadlines(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> byDeadline = store.all()) {
            earliest = byDeadline.hasNext() ? deadline(byDeadline.next().key) : Long.MAX_VALUE;
        }
    }

    public static StoreBuilder<KeyValueStore<byte[], byte[]>> builder(String name) {
        return ByteStores.keyValue(name);
    }

    /**
     * Asks for something at a deadline.
     *
     * @param deadline epoch ms
     * @param what its name in bytes
     */
    public void add(long deadline, byte[] what) {
        byte[] key = ByteBuffer.allocate(Long.BYTES + what.length)
                .putLong(deadline)
                .put(what)
                .array();
        store.put(key, PRESENT);
        earliest = Math.min(earliest, deadline);
    }

    /** Takes out up to {@code limit} of those due at {@code now}, epoch ms, the earliest first. */
    public List<Due> take(long now, int limit) {
        List<byte[]> keys = new ArrayList<>();
        if (now < earliest) {
            return List.of();
        }
        try (KeyValueIterator<byte[], byte[]> byDeadline = store.all()) {
            earliest = Long.MAX_VALUE;
            while (byDeadline.hasNext()) {
                byte[] next = byDeadline.next().key;
                if (deadline(next) > now || keys.size() == limit) {
                    earliest = deadline(next);
                    break;
                }
                keys.add(next);
            }
        }
        keys.forEach(store::delete);
        return keys.stream()
                .map(key -> new Due(deadline(key), Arrays.copyOfRange(key, Long.BYTES, key.length)))
                .toList();
    }

    private static long deadline(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    /** Something whose deadline, epoch ms, has come. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    public record Due(long deadline, byte[] what) {}
}
