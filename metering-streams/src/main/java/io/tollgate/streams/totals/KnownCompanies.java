package io.tollgate.streams.totals;

import io.tollgate.streams.store.ByteStores;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Companies that the task has totals of: to be found among the rows only by reading all of them. */
final class KnownCompanies {
    static final String STORE = "totals-companies";

    private static final byte[] PRESENT = {1};

    private final KeyValueStore<byte[], byte[]> store;
    private final Set<String> known;

    KnownCompanies(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        this.known = new HashSet<>(all(store));
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
        return ByteStores.keyValue(STORE);
    }

    static List<String> all(KeyValueStore<byte[], byte[]> store) {
        List<String> companies = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> kept = store.all()) {
            while (kept.hasNext()) {
                companies.add(new String(kept.next().key, StandardCharsets.UTF_8));
            }
        }
        return companies;
    }

    void add(String company) {
        if (known.add(company)) {
            store.put(company.getBytes(StandardCharsets.UTF_8), PRESENT);
        }
    }
}
