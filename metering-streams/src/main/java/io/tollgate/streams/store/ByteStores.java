package io.tollgate.streams.store;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Stores of bytes on disk, each with a changelog: what the stages keep. Without a record cache unless it is asked for. */
public final class ByteStores {
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
