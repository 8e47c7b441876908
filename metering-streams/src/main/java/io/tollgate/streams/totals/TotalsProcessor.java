package io.tollgate.streams.totals;

import io.tollgate.avro.UsagePartial;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.streams.check.Refusal;
import io.tollgate.streams.dead.Origin;
import io.tollgate.streams.store.ByteStores;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Adds each partial to the totals of its quarter hour and of its UTC day, and sends both on at once, absolute and under a
 * version: whoever takes one twice has lost nothing. A list of changed rows kept on the heap until later would be lost in
 * a crash.
 */
final class TotalsProcessor implements Processor<byte[], byte[], byte[], Object> {
    static final String STORE = "totals-rows";

    /**
     * Longer than a difference can reach back: a late event (35 days), corrected while its id is remembered (70 more),
     * and longer than the longest quota period, 366 days. Whole segments are dropped, nothing is scanned.
     */
    static final Duration KEPT = Duration.ofDays(400);

    private final Codecs codecs;
    private final List<String> below;
    private ProcessorContext<byte[], Object> context;
    private WindowStore<byte[], byte[]> rows;
    private KnownCompanies companies;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    TotalsProcessor(Codecs codecs, List<String> below) {
        this.codecs = codecs;
        this.below = below;
    }

    static StoreBuilder<WindowStore<byte[], byte[]>> storeBuilder() {
        return ByteStores.windows(STORE, KEPT, Duration.ofDays(1));
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        rows = context.getStateStore(STORE);
        companies = new KnownCompanies(context.getStateStore(KnownCompanies.STORE));
        companies.addAllOf(rows);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        UsagePartial partial;
        try {
            partial = codecs.partials().decode(record.value() == null ? new byte[0] : record.value());
        } catch (UnreadableRecordException e) {
            bury(record, new Refusal("unreadable", String.valueOf(e.getMessage())));
            return;
        }
        UsageStats difference = partial.getRow();
        add(StatsRows.inItsQuarterHour(difference), record.timestamp());
        add(StatsRows.inItsDay(difference), record.timestamp());
        companies.add(difference.getCompany());
        for (String child : below) {
            context.forward(new Record<>(record.key(), partial, record.timestamp()), child);
        }
    }

    private void add(UsageStats difference, long timestamp) {
        byte[] key = StatsKey.of(difference);
        long window = difference.getWindowStart() / 1_000;
        byte[] before = rows.fetch(key, window);
        UsageStats total =
                before == null ? difference : StatsRows.plus(codecs.stats().decode(before), difference);
        total.setVersion(total.getVersion() + 1);
        byte[] encoded = codecs.stats().encode(total);
        rows.put(key, encoded, window);
        context.forward(new Record<>(key, encoded, timestamp), Totals.STATS);
    }

    private void bury(Record<byte[], byte[]> record, Refusal why) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        Origin origin = Origin.of(at.topic(), at.partition(), at.offset(), record.timestamp(), record.value());
        context.forward(
                new Record<>(record.key(), codecs.dead().encode(origin.dead(why)), record.timestamp()), Totals.DEAD);
    }
}
