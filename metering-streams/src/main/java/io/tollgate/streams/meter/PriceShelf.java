package io.tollgate.streams.meter;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.PriceItemRules;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.streams.check.Refusal;
import io.tollgate.streams.store.ByteStores;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The task's price timelines: bytes in a logged store, compiled into a {@link PriceBook} in memory, which is built again
 * from the store whenever the task starts. A removed timeline stays as an empty value: a tombstone would be compacted
 * away one day, and a state folder that slept through it would bring the old price back.
 */
final class PriceShelf {
    static final String NAME = "meter-prices";

    private static final byte[] REMOVED = {};
    private static final String UNREADABLE = "unreadable";
    private static final int KEY_PARTS = 3;
    /** Of what a producer sends, before it is compressed: one that can't be kept would stop its partition for good. */
    private static final int LARGEST = 7 << 20;

    private static final int LARGEST_KEY = 64 << 10;

    private final KeyValueStore<byte[], byte[]> store;
    private final AvroCodec<PriceTimeline> codec;
    private final PriceBook book = new PriceBook();

    PriceShelf(KeyValueStore<byte[], byte[]> store, AvroCodec<PriceTimeline> codec) {
        this.store = store;
        this.codec = codec;
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> kept = all.next();
                if (kept.value.length > 0) {
                    book.put(codec.decode(kept.value));
                }
            }
        }
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
        return ByteStores.keyValue(NAME);
    }

    PriceBook book() {
        return book;
    }

    /** Takes a change in, where null removes the timeline; what can't be read changes nothing and says why. */
    @Nullable
    Refusal change(byte @Nullable [] key, byte @Nullable [] timeline) {
        if (key == null) {
            return new Refusal(UNREADABLE, "a price change without a key");
        }
        if (key.length > LARGEST_KEY || (timeline != null && timeline.length > LARGEST)) {
            return new Refusal(UNREADABLE, "a price change that is too large to be kept");
        }
        try {
            if (timeline == null) {
                forget(CompositeKey.parts(key));
            } else {
                book.put(checked(key, codec.decode(timeline)));
            }
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Refusal(UNREADABLE, "a price change: " + e.getMessage());
        }
        store.put(key, timeline == null ? REMOVED : timeline);
        return null;
    }

    /** What may not enter the book by the admin API may not by its topic: it would fail, or overcharge, event by event. */
    private static PriceTimeline checked(byte[] key, PriceTimeline timeline) {
        if (!Arrays.equals(key, PriceKey.of(timeline))) {
            throw new IllegalArgumentException("its key is not that of its company, provider and model");
        }
        PriceItemRules.require(timeline);
        return timeline;
    }

    private void forget(List<@Nullable String> key) {
        String provider = key.size() == KEY_PARTS ? key.get(1) : null;
        String model = key.size() == KEY_PARTS ? key.get(2) : null;
        if (provider == null || model == null) {
            throw new IllegalArgumentException(key + " is no key of a price timeline");
        }
        book.remove(key.get(0), provider, model);
    }
}
