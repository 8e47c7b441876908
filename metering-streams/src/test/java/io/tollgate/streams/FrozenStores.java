package io.tollgate.streams;

import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.serde.SchemaIds;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What all stores hold, as text: a line for each entry, {@code store key value} or {@code store key value window}, bytes
 * in hex; before them the schemas by which the values were written, {@code schema id json}.
 */
final class FrozenStores {
    private static final String SCHEMA = "schema";
    private static final HexFormat HEX = HexFormat.of();

    private final SortedSet<String> entries = new TreeSet<>();
    private final SortedMap<Integer, Schema> schemas = new TreeMap<>();

    private FrozenStores() {}

    /** @param schemas all that a value may have been written by */
    static FrozenStores of(Map<String, StateStore> stores, SortedMap<Integer, Schema> schemas) {
        FrozenStores frozen = new FrozenStores();
        frozen.schemas.putAll(schemas);
        stores.forEach((name, store) -> {
            if (store instanceof WindowStore<?, ?>) {
                frozen.addWindows(name, asWindows(store));
            } else if (store instanceof KeyValueStore<?, ?>) {
                frozen.add(name, asKeys(store));
            }
        });
        return frozen;
    }

    static FrozenStores parse(String text) {
        FrozenStores frozen = new FrozenStores();
        text.lines().forEach(line -> {
            if (line.startsWith(SCHEMA + " ")) {
                String[] words = line.split(" ", 3);
                frozen.schemas.put(Integer.valueOf(words[1]), new Schema.Parser().parse(words[2]));
            } else {
                frozen.entries.add(line);
            }
        });
        return frozen;
    }

    /** The stores that something is kept in. */
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        entries.forEach(entry -> names.add(entry.substring(0, entry.indexOf(' '))));
        return names;
    }

    /** The registry after the upgrade: what was written keeps its ids, this build's schemas get others. */
    SchemaIds registry() {
        SchemaIds own = new FixedSchemaIds();
        int first = schemas.isEmpty() ? 0 : schemas.lastKey();
        return new SchemaIds() {
            @Override
            public int idFor(String subject, Schema schema) {
                return first + own.idFor(subject, schema);
            }

            @Override
            public Schema schemaOf(int id) {
                return id > first
                        ? own.schemaOf(id - first)
                        : Objects.requireNonNull(schemas.get(id), () -> "the release had no schema " + id);
            }
        };
    }

    /** Puts all of it where it was. */
    void putInto(Map<String, StateStore> stores) {
        for (String entry : entries) {
            String[] words = entry.split(" ", -1);
            StateStore store = Objects.requireNonNull(stores.get(words[0]), () -> "there is no store " + words[0]);
            byte[] key = HEX.parseHex(words[1]);
            byte[] value = HEX.parseHex(words[2]);
            if (store instanceof WindowStore<?, ?>) {
                asWindows(store).put(key, value, Long.parseLong(words[3]));
            } else {
                asKeys(store).put(key, value);
            }
        }
    }

    private void add(String name, KeyValueStore<byte[], byte[]> store) {
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            all.forEachRemaining(kept -> add(name, kept.key, kept.value, ""));
        }
    }

    private void addWindows(String name, WindowStore<byte[], byte[]> store) {
        try (KeyValueIterator<Windowed<byte[]>, byte[]> all = store.all()) {
            all.forEachRemaining(kept -> add(
                    name, kept.key.key(), kept.value, " " + kept.key.window().start()));
        }
    }

    private void add(String name, byte[] key, byte[] value, String window) {
        entries.add(name + " " + HEX.formatHex(key) + " " + HEX.formatHex(value) + window);
    }

    @SuppressWarnings("unchecked") // all stores are of bytes
    private static KeyValueStore<byte[], byte[]> asKeys(StateStore store) {
        return (KeyValueStore<byte[], byte[]>) store;
    }

    @SuppressWarnings("unchecked") // all stores are of bytes
    private static WindowStore<byte[], byte[]> asWindows(StateStore store) {
        return (WindowStore<byte[], byte[]>) store;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        schemas.forEach((id, schema) -> text.append(SCHEMA)
                .append(' ')
                .append(id)
                .append(' ')
                .append(schema)
                .append('\n'));
        entries.forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }
}
