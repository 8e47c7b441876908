package io.tollgate.streams.totals;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.UsagePartial;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.streams.store.Changelogs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    /** Reservations by the event that settled them: apart, since a sum is written anew with each event. */
    static final String SETTLED = "combine-settled";

    static final Duration FLUSH = Duration.ofMillis(200);
    static final int MOST_OPEN = 10_000;
    /** All of them may be of one partial, which must stay far below what a broker takes. */
    static final int MOST_RESERVATION_BYTES = 256 << 10;

    private final AvroCodec<UsagePartial> codec;
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<byte[], byte[]> store;
    private KeyValueStore<byte[], byte[]> settled;
    private Map<Bytes, UsagePartial> open;
    private int reservationBytes;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    CombineProcessor(AvroCodec<UsagePartial> codec) {
        this.codec = codec;
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> storeBuilder(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Changelogs.tight());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        store = context.getStateStore(STORE);
        settled = context.getStateStore(SETTLED);
        open = new HashMap<>();
        try (KeyValueIterator<byte[], byte[]> kept = store.all()) {
            while (kept.hasNext()) {
                KeyValue<byte[], byte[]> next = kept.next();
                open.put(Bytes.wrap(next.key), codec.decode(next.value));
            }
        }
        reservationBytes = 0;
        try (KeyValueIterator<byte[], byte[]> kept = settled.all()) {
            while (kept.hasNext()) {
                KeyValue<byte[], byte[]> next = kept.next();
                UsagePartial partial = open.get(Bytes.wrap(next.value));
                if (partial == null) {
                    throw new IllegalStateException("a reservation of a sum that is not there");
                }
                partial.getReservations().add(CompositeKey.parts(next.key).get(1));
                reservationBytes += next.key.length;
            }
        }
        context.schedule(FLUSH, PunctuationType.WALL_CLOCK_TIME, this::flush);
    }

    @Override
    public void process(Record<byte[], RatedUsage> record) {
        RatedUsage row = record.value();
        UsageStats one = StatsRows.of(row);
        Bytes key = Bytes.wrap(StatsKey.of(one));
        UsagePartial before = open.get(key);
        UsageStats sum = before == null ? one : StatsRows.plus(before.getRow(), one);
        store.put(key.get(), codec.encode(new UsagePartial(sum, List.of())));
        UsagePartial partial = new UsagePartial(sum, before == null ? new ArrayList<>() : before.getReservations());
        open.put(key, partial);
        String reservation = row.getReservation();
        if (reservation != null && row.getKind() == RowKind.USAGE) {
            settle(reservation, partial, key);
        }
        if (open.size() >= MOST_OPEN || reservationBytes >= MOST_RESERVATION_BYTES) {
            flush(record.timestamp());
        }
    }

    private void settle(String reservation, UsagePartial partial, Bytes key) {
        byte[] id = settledKey(partial, reservation);
        // Two events that name the same one: the first settles it.
        if (settled.putIfAbsent(id, key.get()) == null) {
            partial.getReservations().add(reservation);
            reservationBytes += id.length;
        }
    }

    /** Of the company: another one's event may name the same, and settles nothing of it. */
    private static byte[] settledKey(UsagePartial partial, String reservation) {
        return CompositeKey.of(partial.getRow().getCompany(), reservation);
    }

    private void flush(long now) {
        open.forEach((key, partial) -> {
            byte[] company = partial.getRow().getCompany().getBytes(StandardCharsets.UTF_8);
            context.forward(new Record<>(company, codec.encode(partial), now));
            store.delete(key.get());
            partial.getReservations().forEach(id -> settled.delete(settledKey(partial, id)));
        });
        open.clear();
        reservationBytes = 0;
    }
}
