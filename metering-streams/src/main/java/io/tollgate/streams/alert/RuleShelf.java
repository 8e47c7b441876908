package io.tollgate.streams.alert;

import io.tollgate.avro.AlertRule;
import io.tollgate.quota.alert.AlertRules;
import io.tollgate.quota.alert.CompiledRule;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.streams.check.Refusal;
import io.tollgate.streams.store.ByteStores;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The task's alert rules: bytes in a logged store, behind the moment from which each counts, and compiled in memory. A
 * removed rule stays as an empty value: a tombstone would be compacted away one day, and a state folder that slept
 * through it would bring the rule back.
 */
final class RuleShelf {
    static final String NAME = "alert-rules";

    private static final byte[] REMOVED = {};
    private static final String UNREADABLE = "unreadable";
    /** Far above what the admin API takes; its id and its receivers are in each of its alerts. */
    private static final int LARGEST = 256 << 10;

    private static final int LARGEST_ID = 4 << 10;

    private final KeyValueStore<byte[], byte[]> store;
    private final AvroCodec<AlertRule> codec;
    private final AlertRules rules = new AlertRules();

    RuleShelf(KeyValueStore<byte[], byte[]> store, AvroCodec<AlertRule> codec) {
        this.store = store;
        this.codec = codec;
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> kept = all.next();
                if (kept.value.length > 0) {
                    ByteBuffer in = ByteBuffer.wrap(kept.value);
                    long since = in.getLong();
                    byte[] rule = new byte[in.remaining()];
                    in.get(rule);
                    rules.put(new CompiledRule(codec.decode(rule), since));
                }
            }
        }
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
        return ByteStores.keyValue(NAME);
    }

    AlertRules rules() {
        return rules;
    }

    /**
     * Takes a change in, where null removes the rule; what can't be read changes nothing and says why.
     *
     * @param now epoch µs
     */
    @Nullable
    Refusal change(byte @Nullable [] key, byte @Nullable [] value, long now) {
        if (key == null) {
            return new Refusal(UNREADABLE, "a change of an alert rule without a key");
        }
        String id = new String(key, StandardCharsets.UTF_8);
        if (value == null) {
            rules.remove(id);
            store.put(key, REMOVED);
            return null;
        }
        if (value.length > LARGEST || key.length > LARGEST_ID) {
            return new Refusal(UNREADABLE, "a change of an alert rule of " + value.length + " bytes");
        }
        try {
            CompiledRule rule = new CompiledRule(codec.decode(value), now);
            if (!rule.id().equals(id)) {
                throw new IllegalArgumentException(rule.id() + " under the key of " + id);
            }
            rules.put(rule);
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Refusal(UNREADABLE, "a change of an alert rule: " + e.getMessage());
        }
        store.put(
                key,
                ByteBuffer.allocate(Long.BYTES + value.length)
                        .putLong(now)
                        .put(value)
                        .array());
        return null;
    }
}
