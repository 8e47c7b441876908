package io.tollgate.streams.meter;

import io.tollgate.schemas.EventHash;
import io.tollgate.streams.store.Changelogs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Which events to look at when: an index by deadline of corrections that wait. A hint and no more. What has become of the
 * event is in its entry, so nothing is taken out of here when a correction finds its event; the deadline comes and finds
 * nothing to do.
 */
final class Deadlines {
    static final String NAME = "meter-deadlines";

    private static final int KEY_LENGTH = Long.BYTES + EventHash.LENGTH;
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<byte[], byte[]> store;
    private long earliest;

    Deadlines(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> byDeadline = store.all()) {
            earliest = byDeadline.hasNext() ? Due.of(byDeadline.next().key).deadline : Long.MAX_VALUE;
        }
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Changelogs.tight());
    }

    /** Asks for {@code event} at {@code deadline}, epoch ms. */
    void add(long deadline, byte[] event) {
        store.put(ByteBuffer.allocate(KEY_LENGTH).putLong(deadline).put(event).array(), PRESENT);
        earliest = Math.min(earliest, deadline);
    }

    /** Takes out up to {@code limit} of those due at {@code now}, epoch ms, the earliest first. */
    List<Due> take(long now, int limit) {
        List<Due> due = new ArrayList<>();
        if (now < earliest) {
            return due;
        }
        try (KeyValueIterator<byte[], byte[]> byDeadline = store.all()) {
            earliest = Long.MAX_VALUE;
            while (byDeadline.hasNext()) {
                Due next = Due.of(byDeadline.next().key);
                if (next.deadline > now || due.size() == limit) {
                    earliest = next.deadline;
                    break;
                }
                due.add(next);
            }
        }
        due.forEach(taken -> store.delete(taken.key));
        return due;
    }

    /** An event whose deadline, epoch ms, has come. */
    static final class Due {
        final long deadline;
        final byte[] event;
        private final byte[] key;

        private Due(long deadline, byte[] event, byte[] key) {
            this.deadline = deadline;
            this.event = event;
            this.key = key;
        }

        static Due of(byte[] key) {
            ByteBuffer parts = ByteBuffer.wrap(key);
            long deadline = parts.getLong();
            byte[] event = new byte[EventHash.LENGTH];
            parts.get(event);
            return new Due(deadline, event, key);
        }
    }
}
