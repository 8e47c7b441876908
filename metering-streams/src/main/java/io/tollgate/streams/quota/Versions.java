package io.tollgate.streams.quota;

import io.tollgate.streams.store.ByteStores;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Each company's version: rises with every step that changes any state of it. */
final class Versions {
    static final String NAME = "quota-versions";

    private final KeyValueStore<byte[], byte[]> store;

    Versions(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
        return ByteStores.cachedKeyValue(NAME);
    }

    /** The last one given out; 0 before the first. */
    long last(String company) {
        byte[] kept = store.get(company.getBytes(StandardCharsets.UTF_8));
        return kept == null ? 0 : ByteBuffer.wrap(kept).getLong();
    }

    long next(String company) {
        long version = last(company) + 1;
        store.put(
                company.getBytes(StandardCharsets.UTF_8),
                ByteBuffer.allocate(Long.BYTES).putLong(version).array());
        return version;
    }
}
