package io.tollgate.streams.totals;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsagePartial;
import io.tollgate.avro.UsagePartials;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.DeadLetterKey;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.streams.check.Refusal;
import io.tollgate.streams.dead.Origin;
import io.tollgate.streams.store.BeforeCommit;
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
 * Adds each partial to the totals of its quarter hour and of its UTC day, and sends on what has changed when the task
 * commits, absolute and under a version: whoever takes one twice has lost nothing.
 */
final class TotalsProcessor implements Processor<byte[], byte[], byte[], Object> {
    static final String STORE = "totals-rows";
    static final String BEFORE_COMMIT = "totals-before-commit";

    /**
     * Longer than a difference can reach back: a late event (35 days), corrected while its id is remembered (70 more),
     * and longer than the longest quota period, 366 days. Whole segments are dropped, nothing is scanned.
     */
    static final Duration KEPT = Duration.ofDays(400);

    private final Codecs codecs;
    private final List<String> below;
    private ProcessorContext<byte[], Object> context;
    private OpenRows rows;
    private BeforeCommit beforeCommit;
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
        WindowStore<byte[], byte[]> store = ByteStores.window(context, STORE);
        rows = new OpenRows(store, codecs.stats());
        companies = new KnownCompanies(context.getStateStore(KnownCompanies.STORE));
        beforeCommit = context.getStateStore(BEFORE_COMMIT);
        beforeCommit.set(context, this::send);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        UsagePartials partials;
        try {
            partials = codecs.partials().decode(record.value());
        } catch (UnreadableRecordException e) {
            bury(record, new Refusal("unreadable", String.valueOf(e.getMessage())));
            return;
        }
        Refusal refusal = PartialCheck.check(record.key(), partials, record.value().length, record.timestamp() * 1_000);
        if (refusal != null) {
            bury(record, refusal);
            return;
        }
        for (UsagePartial partial : partials.getPartials()) {
            add(record.withValue(partial));
        }
        if (rows.isFull()) {
            beforeCommit.doNow();
        }
    }

    /** One after the other: what counts below reads the totals as they are with this one, and without the next. */
    private void add(Record<byte[], Object> record) {
        UsageStats minute = ((UsagePartial) record.value()).getRow();
        rows.add(minute, Granularity.QUARTER_HOUR);
        rows.add(minute, Granularity.DAY);
        companies.add(minute.getCompany());
        for (String child : below) {
            context.forward(record, child);
        }
    }

    private void send() {
        long now = context.currentSystemTimeMs();
        rows.write((key, row) -> context.forward(new Record<>(key, row, now), Totals.STATS));
    }

    private void bury(Record<byte[], byte[]> record, Refusal why) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        Origin origin = Origin.of(at.topic(), at.partition(), at.offset(), record.timestamp(), record.value());
        byte[] letter = codecs.dead().encode(origin.dead(why));
        context.forward(new Record<>(DeadLetterKey.of(record.key()), letter, record.timestamp()), Totals.DEAD);
    }
}
