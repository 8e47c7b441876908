package io.tollgate.streams.store;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Stores of bytes on disk, each with a changelog: what the stages keep. Without a record cache unless it is asked for. */
public final class ByteStores {
    /** No text begins like this, in UTF-8, and no hash is as short. */
    private static final byte[] NOTHING = {(byte) 0xff};

    private ByteStores() {}

    public static StoreBuilder<KeyValueStore<byte[], byte[]>> keyValue(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Changelogs.tight());
    }

    /** The cache folds all changes of a key between two commits into one changelog record. */
    public static StoreBuilder<KeyValueStore<byte[], byte[]>> cachedKeyValue(String name) {
        return keyValue(name).withCachingEnabled();
    }

    /**
     * A store of {@link #windows}, for a processor in its {@code init}, with something in it. Streams 4.3 keeps the offset
     * that a store stands at in its segments; of one that has none, in a task that has others, it takes all stores for
     * corrupted at the next start, and reads them again from their changelogs.
     */
    public static WindowStore<byte[], byte[]> window(ProcessorContext<?, ?> context, String name) {
        WindowStore<byte[], byte[]> store = context.getStateStore(name);
        boolean isEmpty;
        try (KeyValueIterator<Windowed<byte[]>, byte[]> all = store.all()) {
            isEmpty = !all.hasNext();
        }
        if (isEmpty) {
            // Before all windows: it must not be what the store takes its time from.
            store.put(NOTHING, NOTHING, 0);
        }
        return store;
    }

    /** One value for a key and window; what is past its time goes by whole segments, nothing is scanned. */
    public static StoreBuilder<WindowStore<byte[], byte[]>> windows(String name, Duration kept, Duration segment) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(name, kept, segment, false),
                        Serdes.ByteArray(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Changelogs.tight());
    }
}
