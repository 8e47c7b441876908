package io.tollgate.streams.meter;

import io.tollgate.avro.Entry;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.streams.store.ByteStores;
import java.time.Duration;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Entries by generation: a window store of which each window is 35 days of stream time. A look-up asks this generation
 * and the last, two point gets through the bloom filter; expiry drops whole segments and never scans. So an entry lives
 * 35 to 70 days from its event's first record; one that moves on stays in its generation.
 *
 * <p>The generation is taken from stream time, not from the record. A record behind stream time (a broker's clock was set
 * back) would otherwise look where its duplicate is not, or in a segment that is gone, where a put is dropped without a
 * word and the event would be counted each time it comes.
 */
final class GenerationalEntryStore implements EntryStore {
    static final String NAME = "meter-entries";
    static final Duration GENERATION = Duration.ofDays(35);

    private static final long GENERATION_MS = GENERATION.toMillis();

    private final WindowStore<byte[], byte[]> store;
    private final AvroCodec<Entry> codec;

    GenerationalEntryStore(WindowStore<byte[], byte[]> store, AvroCodec<Entry> codec) {
        this.store = store;
        this.codec = codec;
    }

    /** No record cache: nearly every key is written once. */
    static StoreBuilder<WindowStore<byte[], byte[]>> builder() {
        return ByteStores.windows(NAME, GENERATION.multipliedBy(2), GENERATION);
    }

    @Override
    public @Nullable Kept find(byte[] event, long now) {
        long current = generation(now);
        Kept found = in(event, current);
        return found != null ? found : in(event, current - GENERATION_MS);
    }

    @Override
    public void keep(byte[] event, Entry entry, @Nullable Kept before, long now) {
        store.put(event, codec.encode(entry), before == null ? generation(now) : before.generation());
    }

    @Override
    public void forget(byte[] event, Kept before) {
        store.put(event, null, before.generation());
    }

    private @Nullable Kept in(byte[] event, long generation) {
        byte[] bytes = store.fetch(event, generation);
        return bytes == null ? null : new Kept(codec.decode(bytes), generation);
    }

    private static long generation(long now) {
        return now - Math.floorMod(now, GENERATION_MS);
    }
}
