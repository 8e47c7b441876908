package io.tollgate.streams.meter;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Entry;
import io.tollgate.avro.HeldCorrection;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Submission;
import io.tollgate.schemas.DeadLetterKey;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.submission.CompanyReader;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.schemas.trace.TraceContext;
import io.tollgate.streams.check.MeteredCheck;
import io.tollgate.streams.check.Refusal;
import io.tollgate.streams.dead.Origin;
import io.tollgate.streams.dedupe.Arrival;
import io.tollgate.streams.dedupe.Decision;
import io.tollgate.streams.dedupe.EntryDecision;
import io.tollgate.streams.meter.EntryStore.Kept;
import io.tollgate.streams.store.ByteStores;
import io.tollgate.streams.store.Deadlines;
import io.tollgate.streams.totals.Combine;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Counts each event once and prices it. One processor takes submissions and price changes both, so the order in which
 * Streams hands the two topics over (by LogAppendTime) is the order in which they hold.
 *
 * <p>All that can fail on a record's content is done before the first write: read, decide, and only then write and
 * forward. What fails before is a dead letter; what fails after is no fault of the record, and fails the task, whose
 * transaction takes everything back.
 */
final class MeterProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {
    private static final int MOST_EXPIRED_AT_ONCE = 1_000;
    private static final String UNREADABLE = "unreadable";

    private final Codecs codecs;
    private final AvroCodec<Entry> entryCodec;
    private final CompanyReader companies;
    private final OutcomeMetrics metrics;

    private ProcessorContext<byte[], SpecificRecord> context;
    private EntryStore entries;
    private Deadlines deadlines;
    private PriceShelf prices;
    private PartitionClock clock;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    MeterProcessor(Codecs codecs, AvroCodec<Entry> entryCodec, CompanyReader companies, OutcomeMetrics metrics) {
        this.codecs = codecs;
        this.entryCodec = entryCodec;
        this.companies = companies;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], SpecificRecord> context) {
        this.context = context;
        entries = new GenerationalEntryStore(ByteStores.window(context, GenerationalEntryStore.NAME), entryCodec);
        deadlines = new Deadlines(context.getStateStore(Meter.DEADLINES));
        prices = new PriceShelf(context.getStateStore(PriceShelf.NAME), codecs.prices());
        clock = new PartitionClock();
        context.schedule(PartitionClock.TICK, PunctuationType.WALL_CLOCK_TIME, this::expireDue);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        Origin origin = Origin.of(at.topic(), at.partition(), at.offset(), record.timestamp(), record.value());
        if (at.topic().equals(Topics.CONFIG_PRICES.name())) {
            changePrices(record, origin);
        } else {
            clock.heard(record.timestamp());
            meter(record, origin);
        }
    }

    private void changePrices(Record<byte[], byte[]> record, Origin origin) {
        Refusal refusal = prices.change(record.key(), record.value());
        if (refusal != null) {
            bury(record.key(), origin.dead(refusal), record);
        }
    }

    private void meter(Record<byte[], byte[]> record, Origin origin) {
        byte[] event = record.key();
        byte[] value = record.value();
        if (event == null || event.length != EventHash.LENGTH || value == null) {
            buryUnread(record, origin, "no event hash as key, or no value");
            return;
        }
        Submission submission;
        try {
            submission = codecs.events().decode(value);
        } catch (UnreadableRecordException e) {
            buryUnread(record, origin, String.valueOf(e.getMessage()));
            return;
        }
        Refusal tooLarge = MeteredCheck.size(submission, value.length);
        if (tooLarge != null) {
            buryUnread(record, origin, tooLarge);
            return;
        }
        long now = context.currentStreamTimeMs();
        Kept kept = entries.find(event, now);
        Arrival arrival = new Arrival(submission, origin, TraceContext.of(record.headers()));
        apply(event, kept, decide(kept, arrival), traces(arrival, kept), now, record.timestamp());
    }

    private Decision decide(@Nullable Kept kept, Arrival arrival) {
        Entry entry = kept == null ? null : kept.entry();
        try {
            return EntryDecision.decide(entry, arrival, prices.book());
        } catch (RuntimeException e) {
            return EntryDecision.dead(entry, arrival, Refusal.internal(e));
        }
    }

    private void expireDue(long wallClockMs) {
        long now = clock.tick(wallClockMs);
        for (Deadlines.Due due : deadlines.take(now, MOST_EXPIRED_AT_ONCE)) {
            long streamTime = Math.max(context.currentStreamTimeMs(), due.deadline());
            Kept kept = entries.find(due.what(), streamTime);
            if (kept != null && EntryDecision.isOverdue(kept.entry(), now * 1_000)) {
                Decision decision = EntryDecision.expire(kept.entry());
                apply(due.what(), kept, decision, traces(null, kept), streamTime, wallClockMs);
            }
        }
    }

    private static Traces traces(@Nullable Arrival arrival, @Nullable Kept kept) {
        return new Traces(arrival, kept == null ? null : kept.entry());
    }

    private void apply(byte[] event, @Nullable Kept kept, Decision decision, Traces traces, long now, long timestamp) {
        remember(event, kept, decision.entry(), now);
        for (RatedUsage row : decision.rows()) {
            Record<byte[], SpecificRecord> rated = new Record<>(event, row, timestamp, traces.ofArrival());
            context.forward(rated, Meter.RATED);
            context.forward(rated, Combine.NAME);
            metrics.written(row);
        }
        for (Outcome outcome : decision.outcomes()) {
            Headers headers = traces.of(outcome.getEventsOffset());
            context.forward(new Record<>(event, outcome, timestamp, headers), Meter.OUTCOMES);
            metrics.written(outcome);
        }
        for (DeadLetter letter : decision.deadLetters()) {
            Headers headers = traces.of(letter.getOriginOffset());
            context.forward(new Record<>(event, letter, timestamp, headers), Meter.DEAD);
        }
    }

    private void remember(byte[] event, @Nullable Kept kept, @Nullable Entry entry, long now) {
        if (entry == null) {
            if (kept != null) {
                entries.forget(event, kept);
            }
        } else if (kept == null || !entry.equals(kept.entry())) {
            entries.keep(event, entry, kept, now);
            HeldCorrection held = entry.getHeld();
            if (held != null) {
                deadlines.add(EntryDecision.deadline(held) / 1_000, event);
            }
        }
    }

    /** It has no outcome: its dead letter is what the books count, so it names the company that it was accepted under. */
    private void buryUnread(Record<byte[], byte[]> record, Origin origin, String detail) {
        buryUnread(record, origin, new Refusal(UNREADABLE, detail));
    }

    private void buryUnread(Record<byte[], byte[]> record, Origin origin, Refusal why) {
        String company = record.value() == null ? null : companies.company(record.value());
        DeadLetter letter = origin.dead(why);
        letter.setCompany(company == null ? null : Refusal.storable(company));
        bury(record.key(), letter, record);
    }

    private void bury(byte @Nullable [] key, DeadLetter letter, Record<byte[], byte[]> record) {
        TraceContext trace = TraceContext.of(record.headers());
        Record<byte[], SpecificRecord> dead = new Record<>(DeadLetterKey.of(key), letter, record.timestamp());
        context.forward(trace == null ? dead : dead.withHeaders(trace.headers()), Meter.DEAD);
    }
}
