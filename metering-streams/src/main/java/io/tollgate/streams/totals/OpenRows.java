package io.tollgate.streams.totals;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.serde.AvroCodec;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the totals, decoded, in front of the store that they are kept in: a row that changes a hundred times between two
 * commits is read and written once. What has changed is to be {@link #write written} before the task commits.
 */
final class OpenRows {
    /** Decoded they take some 3 KB each. */
    private static final int MOST_KNOWN = 4_096;
    /** Of all keys: a row holds what is in its key, labels above all, some five times. */
    private static final int MOST_KEY_BYTES = 1 << 20;

    private final WindowStore<byte[], byte[]> store;
    private final AvroCodec<UsageStats> codec;
    private final Map<Bytes, UsageStats> known = new HashMap<>();
    private final Map<Bytes, UsageStats> changed = new HashMap<>();
    private int keyBytes;

    OpenRows(WindowStore<byte[], byte[]> store, AvroCodec<UsageStats> codec) {
        this.store = store;
        this.codec = codec;
    }

    /** Adds a minute to its row of this granularity. */
    void add(UsageStats minute, Granularity granularity) {
        long start = StatsRows.windowStart(granularity, minute.getWindowStart());
        Bytes key = Bytes.wrap(StatsKey.of(minute, granularity, start));
        UsageStats row = known.get(key);
        if (row == null) {
            keyBytes += key.get().length;
            row = read(key, start);
        }
        if (row == null) {
            row = StatsRows.first(minute, granularity);
        } else {
            StatsRows.add(row, minute);
        }
        known.put(key, row);
        changed.put(key, row);
    }

    /** There are so many that they should be written now. */
    boolean isFull() {
        return known.size() >= MOST_KNOWN || keyBytes >= MOST_KEY_BYTES;
    }

    /** Writes each row that has changed, absolute and under its next version, and gives it to {@code reader}. */
    void write(Reader reader) {
        changed.forEach((key, row) -> {
            row.setVersion(row.getVersion() + 1);
            byte[] encoded = codec.encode(row);
            store.put(key.get(), encoded, row.getWindowStart() / 1_000);
            reader.read(key.get(), encoded);
        });
        changed.clear();
        if (isFull()) {
            known.clear();
            keyBytes = 0;
        }
    }

    private @Nullable UsageStats read(Bytes key, long start) {
        byte[] kept = store.fetch(key.get(), start / 1_000);
        return kept == null ? null : codec.decode(kept);
    }

    /** Takes a row as it was written. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] key, byte[] row);
    }
}
