package io.tollgate.streams.quota;

import io.tollgate.avro.ManualReset;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.UsagePartial;
import io.tollgate.quota.Caller;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.DeadLetterKey;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.streams.check.Refusal;
import io.tollgate.streams.dead.Origin;
import io.tollgate.streams.quota.Counters.Move;
import io.tollgate.streams.store.ByteStores;
import io.tollgate.streams.store.Deadlines;
import io.tollgate.streams.totals.StoredTotals;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Counts usage against quotas, and writes what that comes to in the transaction that has the usage. Takes partials that
 * the totals have already, decoded, and changes of quotas, as they came.
 */
final class QuotaProcessor implements Processor<byte[], Object, byte[], Object> {
    /** What time alone changes is found by an index, so many at a tick: midnight comes to all of them at once. */
    private static final int MOST_AT_ONCE = 5_000;

    private final Codecs codecs;
    private final List<String> readers;

    private ProcessorContext<byte[], Object> context;
    private QuotaShelf shelf;
    private Counters counters;
    private CurrentStates states;
    private Deadlines deadlines;
    private Versions versions;
    private StateKeeper keeper;
    private QuotaClock clock;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    QuotaProcessor(Codecs codecs, List<String> readers) {
        this.codecs = codecs;
        this.readers = readers;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        shelf = new QuotaShelf(context.getStateStore(QuotaShelf.NAME), codecs.quotas());
        counters = new Counters(ByteStores.window(context, Quotas.COUNTERS), new StoredTotals(context, codecs.stats()));
        states = new CurrentStates(context.getStateStore(CurrentStates.NAME), codecs.quotaStates());
        deadlines = new Deadlines(context.getStateStore(Quotas.DEADLINES));
        versions = new Versions(context.getStateStore(Versions.NAME));
        keeper = new StateKeeper(counters, states, deadlines);
        clock = new QuotaClock();
        context.schedule(QuotaClock.TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], Object> record) {
        clock.heard(record.timestamp(), context.currentSystemTimeMs());
        Step step = step(record.timestamp());
        if (record.value() instanceof UsagePartial partial) {
            count(partial, step);
        } else {
            change(record, step);
        }
    }

    private void count(UsagePartial partial, Step step) {
        String company = partial.getRow().getCompany();
        Caller caller = Caller.of(partial.getRow());
        List<MovedState> moved = new ArrayList<>();
        for (CountedQuota quota : shelf.of(company)) {
            if (quota.counting().scope().matches(caller)) {
                StateName name = quota.counting().scope().nameOf(quota.id(), caller);
                Move move = counters.add(quota.counting(), name, partial.getRow());
                MovedState state = move == null ? null : keeper.moved(quota, name, move, step);
                if (state != null) {
                    moved.add(state);
                }
            }
        }
        if (!partial.getReservations().isEmpty()) {
            step.settle(company, new QuotaSettlement(company, 0L, partial.getReservations(), moved));
        }
    }

    private void change(Record<byte[], Object> record, Step step) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        byte[] value = (byte[]) record.value();
        CountedQuota before = quota(record.key());
        Refusal refusal = shelf.change(record.key(), value, record.timestamp() * 1_000);
        if (refusal != null) {
            Origin origin = Origin.of(at.topic(), at.partition(), at.offset(), record.timestamp(), value);
            byte[] letter = codecs.dead().encode(origin.dead(refusal));
            context.forward(new Record<>(DeadLetterKey.of(record.key()), letter, record.timestamp()), Quotas.DEAD);
            return;
        }
        CountedQuota after = quota(record.key());
        if (after == null) {
            if (before != null) {
                states.of(before.id()).forEach(name -> keeper.end(name, step));
            }
            return;
        }
        List<ManualReset> resets = resetsSince(before, after);
        if (before == null || before.counting().generation() != after.counting().generation()) {
            Set<StateName> names = new LinkedHashSet<>(states.of(after.id()));
            names.addAll(counters.fill(after.counting(), step.now));
            names.forEach(name -> keeper.begin(after, name, resets, step));
        } else {
            List<StateName> names = states.of(after.id());
            if (resets.isEmpty() && names.size() > MOST_AT_ONCE) {
                names.forEach(name -> keeper.refreshSoon(name, step));
            } else {
                names.forEach(name -> keeper.change(after, name, resets, step));
            }
        }
    }

    private @Nullable CountedQuota quota(byte @Nullable [] key) {
        return key == null ? null : shelf.find(QuotaShelf.id(key));
    }

    private static List<ManualReset> resetsSince(@Nullable CountedQuota before, CountedQuota after) {
        List<ManualReset> known = before == null ? List.of() : before.quota().getResets();
        int last = known.stream().mapToInt(ManualReset::getNumber).max().orElse(0);
        return after.quota().getResets().stream()
                .filter(reset -> reset.getNumber() > last)
                .toList();
    }

    private void tick(long wallClockMs) {
        clock.tick(wallClockMs);
        Step step = step(wallClockMs);
        for (CountedQuota quota : shelf.takeUnboosted(clock.now())) {
            states.of(quota.id()).forEach(name -> keeper.refreshSoon(name, step));
        }
        for (Deadlines.Due due : deadlines.take(clock.now() / 1_000, MOST_AT_ONCE)) {
            StateName name = CurrentStates.name(due.what());
            CountedQuota quota = shelf.find(name.quota());
            if (quota != null) {
                keeper.refresh(quota, name, step);
            }
        }
    }

    private Step step(long timestamp) {
        return new Step(context, codecs, versions, readers, clock.now(), timestamp);
    }
}
