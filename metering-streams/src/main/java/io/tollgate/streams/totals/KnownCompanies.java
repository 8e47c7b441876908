package io.tollgate.streams.totals;

import io.tollgate.schemas.CompositeKey;
import io.tollgate.streams.store.ByteStores;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

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

    /** Takes in the companies of rows from before this store was; reads all of them, once. */
    void addAllOf(WindowStore<byte[], byte[]> rows) {
        if (!known.isEmpty()) {
            return;
        }
        // Written afterwards: the first write opens a transaction, which must not be open for as long as the reading
        // takes.
        Set<String> found = new HashSet<>();
        try (KeyValueIterator<Windowed<byte[]>, byte[]> kept = rows.all()) {
            while (kept.hasNext()) {
                KeyValue<Windowed<byte[]>, byte[]> row = kept.next();
                found.add(
                        Objects.requireNonNull(CompositeKey.parts(row.key.key()).get(0)));
            }
        }
        found.forEach(this::add);
    }

    void add(String company) {
        if (known.add(company)) {
            store.put(company.getBytes(StandardCharsets.UTF_8), PRESENT);
        }
    }
}
