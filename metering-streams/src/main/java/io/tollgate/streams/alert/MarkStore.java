package io.tollgate.streams.alert;

import io.tollgate.quota.Window;
import io.tollgate.quota.alert.Marks;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.streams.quota.Counters;
import io.tollgate.streams.store.ByteStores;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What has been said. Of a window it is kept as long as the window can move, and then dropped by whole segments. A
 * rolling window is always the one of now: what was said of it lies in a store of its own, from which it is taken out
 * when it is over.
 */
final class MarkStore {
    static final String WINDOWED = "alert-marks";
    static final String ROLLING = "alert-rolling-marks";

    private static final ByteArraySerializer BYTES = new ByteArraySerializer();

    private final WindowStore<byte[], byte[]> windowed;
    private final KeyValueStore<byte[], byte[]> rolling;

    MarkStore(WindowStore<byte[], byte[]> windowed, KeyValueStore<byte[], byte[]> rolling) {
        this.windowed = windowed;
        this.rolling = rolling;
    }

    static StoreBuilder<WindowStore<byte[], byte[]>> windowed() {
        return Counters.builder(WINDOWED);
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> rolling() {
        return ByteStores.keyValue(ROLLING);
    }

    Marks of(Watched watched, Span span) {
        byte[] key = watched.bytes();
        return Marks.of(
                span.isRolling()
                        ? rolling.get(key)
                        : windowed.fetch(key, span.window().start() / 1_000));
    }

    void put(Watched watched, Span span, Marks marks) {
        if (span.isRolling()) {
            rolling.put(watched.bytes(), marks.bytes());
        } else {
            windowed.put(watched.bytes(), marks.bytes(), span.window().start() / 1_000);
        }
    }

    void forgetRolling(Watched watched) {
        rolling.delete(watched.bytes());
    }

    /** Whoever something was said about under any definition of the rule, in a rolling window. */
    List<Watched> allRolling(String rule) {
        List<Watched> found = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> kept = rolling.prefixScan(CompositeKey.of(rule), BYTES)) {
            while (kept.hasNext()) {
                found.add(Watched.of(kept.next().key));
            }
        }
        return found;
    }

    /** What a value is of. */
    record Span(Window window, boolean isRolling) {}
}
