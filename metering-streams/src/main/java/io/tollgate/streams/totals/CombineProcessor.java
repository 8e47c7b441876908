package io.tollgate.streams.totals;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.streams.store.Changelogs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Adds ledger rows up until a fifth of a second has gone by or too many sums are open.
 *
 * <p>Every sum is in a logged store before the row's offset can be committed: a buffer on the heap alone would be lost
 * in a crash with the events that it holds. The map beside the store holds the same sums, decoded, and is filled from
 * it when the task starts; only the cost of reading them back is saved. The store's record cache folds all changes of a
 * sum between two commits into one changelog record.
 */
final class CombineProcessor implements Processor<byte[], RatedUsage, byte[], byte[]> {
    static final String STORE = "combine-open";
    static final Duration FLUSH = Duration.ofMillis(200);
    static final int MOST_OPEN = 10_000;

    private final AvroCodec<UsageStats> codec;
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<byte[], byte[]> store;
    private Map<Bytes, Open> open;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    CombineProcessor(AvroCodec<UsageStats> codec) {
        this.codec = codec;
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> storeBuilder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Changelogs.tight());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        store = context.getStateStore(STORE);
        open = new HashMap<>();
        try (KeyValueIterator<byte[], byte[]> kept = store.all()) {
            while (kept.hasNext()) {
                KeyValue<byte[], byte[]> next = kept.next();
                open.put(Bytes.wrap(next.key), new Open(codec.decode(next.value), next.value));
            }
        }
        context.schedule(FLUSH, PunctuationType.WALL_CLOCK_TIME, this::flush);
    }

    @Override
    public void process(Record<byte[], RatedUsage> record) {
        UsageStats one = StatsRows.of(record.value());
        Bytes key = Bytes.wrap(StatsKey.of(one));
        Open before = open.get(key);
        UsageStats sum = before == null ? one : StatsRows.plus(before.sum, one);
        byte[] encoded = codec.encode(sum);
        store.put(key.get(), encoded);
        open.put(key, new Open(sum, encoded));
        if (open.size() >= MOST_OPEN) {
            flush(record.timestamp());
        }
    }

    private void flush(long now) {
        open.forEach((key, sum) -> {
            byte[] company = sum.sum.getCompany().getBytes(StandardCharsets.UTF_8);
            context.forward(new Record<>(company, sum.encoded, now));
            store.delete(key.get());
        });
        open.clear();
    }

    /** A sum, and the same as it lies in the store. */
    private static final class Open {
        final UsageStats sum;
        final byte[] encoded;

        Open(UsageStats sum, byte[] encoded) {
            this.sum = sum;
            this.encoded = encoded;
        }
    }
}
