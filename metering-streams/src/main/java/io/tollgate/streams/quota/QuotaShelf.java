package io.tollgate.streams.quota;

import io.tollgate.avro.Boost;
import io.tollgate.avro.Quota;
import io.tollgate.quota.Counting;
import io.tollgate.quota.QuotaRule;
import io.tollgate.quota.QuotaRules;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.streams.check.Refusal;
import io.tollgate.streams.store.ByteStores;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The task's quotas: bytes in a logged store, made ready to count with in memory. Beside each stands since when it has
 * counted what it counts, and how often that has changed: its generation. A removed quota keeps its generation, so that
 * one which is made again under its id has nothing of what the one before has counted; a tombstone would be compacted away
 * one day besides, and a state folder that slept through it would bring the quota back.
 */
final class QuotaShelf {
    static final String NAME = "quota-definitions";

    private static final byte[] REMOVED = {};
    private static final long NEVER = 0;
    private static final String UNREADABLE = "unreadable";
    private static final int HEADER = 2 * Long.BYTES;
    /** Far above what the admin API takes; its id and its words are in each of its states. */
    private static final int LARGEST = 256 << 10;

    private static final int LARGEST_ID = 4 << 10;

    private final KeyValueStore<byte[], byte[]> store;
    private final AvroCodec<Quota> codec;
    private final QuotaRules rules = new QuotaRules();
    private final Map<String, CountedQuota> byId = new HashMap<>();
    private final Set<String> boosted = new HashSet<>();

    QuotaShelf(KeyValueStore<byte[], byte[]> store, AvroCodec<Quota> codec) {
        this.store = store;
        this.codec = codec;
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                ByteBuffer in = ByteBuffer.wrap(all.next().value);
                long generation = in.getLong();
                long since = in.getLong();
                if (in.hasRemaining()) {
                    byte[] quota = new byte[in.remaining()];
                    in.get(quota);
                    take(counted(codec.decode(quota), generation, since));
                }
            }
        }
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
        return ByteStores.keyValue(NAME);
    }

    /** The quota's id in the key of a change. */
    static String id(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** A quota as it lies in the store, for those who read it besides; null where there is none. */
    static @Nullable Quota kept(KeyValueStore<byte[], byte[]> store, AvroCodec<Quota> codec, String id) {
        byte[] kept = store.get(id.getBytes(StandardCharsets.UTF_8));
        return kept == null || kept.length == 0 ? null : codec.decode(Arrays.copyOfRange(kept, HEADER, kept.length));
    }

    @Nullable
    CountedQuota find(String id) {
        return byId.get(id);
    }

    /** Quotas that may be about a company. */
    List<CountedQuota> of(String company) {
        List<CountedQuota> found = new ArrayList<>();
        for (QuotaRule rule : rules.of(company)) {
            CountedQuota quota = byId.get(rule.quota().getId());
            if (quota != null) {
                found.add(quota);
            }
        }
        return found;
    }

    /** Takes out those whose boost is over at {@code now}, epoch µs; each is given once for a boost or a start. */
    List<CountedQuota> takeUnboosted(long now) {
        List<CountedQuota> over = new ArrayList<>();
        boosted.removeIf(id -> {
            CountedQuota quota = byId.get(id);
            Boost boost = quota == null ? null : quota.quota().getBoost();
            if (quota != null && boost != null && boost.getUntil() <= now) {
                over.add(quota);
            }
            return boost == null || boost.getUntil() <= now;
        });
        return over;
    }

    /**
     * Takes a change in, where null removes the quota; what can't be read changes nothing and says why.
     *
     * @param at when it was made, epoch µs
     */
    @Nullable
    Refusal change(byte @Nullable [] key, byte @Nullable [] value, long at) {
        if (key == null) {
            return new Refusal(UNREADABLE, "a change of a quota without a key");
        }
        String id = id(key);
        byte[] kept = store.get(key);
        long generation = kept == null ? NEVER : ByteBuffer.wrap(kept).getLong();
        if (value == null) {
            forget(id);
            keep(key, generation, at, REMOVED);
            return null;
        }
        if (value.length > LARGEST || key.length > LARGEST_ID) {
            return new Refusal(UNREADABLE, "a change of a quota of " + value.length + " bytes");
        }
        Change change;
        try {
            change = read(id, codec.decode(value), generation, at);
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Refusal(UNREADABLE, "a change of a quota: " + e.getMessage());
        }
        forget(id);
        take(change.counted());
        keep(key, change.generation(), change.since(), value);
        return null;
    }

    private void keep(byte[] key, long generation, long since, byte[] quota) {
        store.put(
                key,
                ByteBuffer.allocate(HEADER + quota.length)
                        .putLong(generation)
                        .putLong(since)
                        .put(quota)
                        .array());
    }

    private record Change(@Nullable CountedQuota counted, long generation, long since) {}

    private Change read(String id, Quota quota, long generation, long at) {
        if (!quota.getId().equals(id)) {
            throw new IllegalArgumentException(quota.getId() + " under the key of " + id);
        }
        CountedQuota before = byId.get(id);
        QuotaRule rule = QuotaRule.of(quota);
        if (rule.periods() == null) {
            return new Change(null, generation + 1, at);
        }
        boolean goesOn = before != null && QuotaRule.countAlike(before.quota(), quota);
        Counting counting = goesOn && before != null
                ? before.counting()
                : Counting.from(at, id, generation + 1, rule.scope(), rule.metric(), rule.periods());
        return new Change(new CountedQuota(quota, counting), counting.generation(), counting.since());
    }

    private static @Nullable CountedQuota counted(Quota quota, long generation, long since) {
        QuotaRule rule = QuotaRule.of(quota);
        return rule.periods() == null
                ? null
                : new CountedQuota(
                        quota,
                        new Counting(quota.getId(), generation, rule.scope(), rule.metric(), rule.periods(), since));
    }

    private void take(@Nullable CountedQuota counted) {
        if (counted != null) {
            byId.put(counted.id(), counted);
            rules.change(null, counted.quota());
            if (counted.quota().getBoost() != null) {
                boosted.add(counted.id());
            }
        }
    }

    private void forget(String id) {
        CountedQuota before = byId.remove(id);
        if (before != null) {
            rules.change(before.quota(), null);
        }
    }
}
