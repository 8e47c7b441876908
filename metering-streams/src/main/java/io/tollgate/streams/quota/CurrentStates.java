package io.tollgate.streams.quota;

import io.tollgate.avro.QuotaState;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.streams.store.ByteStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** The states as they were last written to {@code quota.states}, by quota: all of one lie together. */
final class CurrentStates {
    static final String NAME = "quota-current";

    private static final ByteArraySerializer BYTES = new ByteArraySerializer();

    private final KeyValueStore<byte[], byte[]> store;
    private final AvroCodec<QuotaState> codec;

    CurrentStates(KeyValueStore<byte[], byte[]> store, AvroCodec<QuotaState> codec) {
        this.store = store;
        this.codec = codec;
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
        return ByteStores.cachedKeyValue(NAME);
    }

    @Nullable
    QuotaState find(StateName name) {
        byte[] kept = store.get(key(name));
        return kept == null ? null : codec.decode(kept);
    }

    /**
     * Keeps a state.
     *
     * @param encoded as it is written to the topic
     */
    void put(StateName name, byte[] encoded) {
        store.put(key(name), encoded);
    }

    void remove(StateName name) {
        store.delete(key(name));
    }

    /** Whoever has a state of the quota. */
    List<StateName> of(String quota) {
        List<StateName> names = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> kept = store.prefixScan(CompositeKey.of(quota), BYTES)) {
            while (kept.hasNext()) {
                names.add(name(kept.next().key));
            }
        }
        return names;
    }

    /** Gives each state of each quota to {@code reader}, which must not write any. */
    void forEach(Consumer<QuotaState> reader) {
        try (KeyValueIterator<byte[], byte[]> kept = store.all()) {
            kept.forEachRemaining(state -> reader.accept(codec.decode(state.value)));
        }
    }

    /** Where the quota comes first. */
    static byte[] key(StateName name) {
        return CompositeKey.of(name.quota(), name.company(), name.user(), name.key());
    }

    /** Of a {@link #key}. */
    static StateName name(byte[] key) {
        List<@Nullable String> parts = CompositeKey.parts(key);
        return new StateName(
                Objects.requireNonNull(parts.get(1)), Objects.requireNonNull(parts.get(0)), parts.get(2), parts.get(3));
    }
}
