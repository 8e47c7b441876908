package io.tollgate.streams.alert;

import io.tollgate.avro.Alert;
import io.tollgate.avro.UsagePartial;
import io.tollgate.avro.UsageStats;
import io.tollgate.quota.Caller;
import io.tollgate.quota.Counting;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.quota.alert.AlertDecision;
import io.tollgate.quota.alert.CompiledRule;
import io.tollgate.quota.alert.Forecast;
import io.tollgate.quota.alert.Level;
import io.tollgate.quota.alert.Marks;
import io.tollgate.quota.alert.Subject;
import io.tollgate.schemas.DeadLetterKey;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.streams.alert.MarkStore.Span;
import io.tollgate.streams.check.Refusal;
import io.tollgate.streams.dead.Origin;
import io.tollgate.streams.quota.Counters;
import io.tollgate.streams.quota.Counters.Move;
import io.tollgate.streams.quota.CurrentReadings;
import io.tollgate.streams.quota.QuotaClock;
import io.tollgate.streams.store.ByteStores;
import io.tollgate.streams.store.Deadlines;
import io.tollgate.streams.totals.StoredTotals;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Tells of each crossing once. What was said is in a store, written in the transaction of the alert that says it; so a
 * task that starts again, here or elsewhere, says nothing twice and leaves nothing out.
 *
 * <p>Values move by usage, by readings of quotas and by changes of rules. Those that move by time as well (a rolling
 * window that usage leaves, a forecast without use) are asked for again, at a deadline, only as long as there is
 * something to be taken back.
 */
final class AlertProcessor implements Processor<byte[], Object, byte[], byte[]> {
    /** A forecast is looked at so many times in its window at most, though nothing happens. */
    private static final int LOOKS = 1_000;

    private final Codecs codecs;
    private ProcessorContext<byte[], byte[]> context;
    private RuleShelf shelf;
    private Counters counters;
    private CurrentReadings readings;
    private MarkStore said;
    private Looks looks;
    private QuotaClock clock;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    AlertProcessor(Codecs codecs) {
        this.codecs = codecs;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        shelf = new RuleShelf(context.getStateStore(RuleShelf.NAME), codecs.alertRules());
        counters = new Counters(ByteStores.window(context, Alerts.COUNTERS), new StoredTotals(context, codecs.stats()));
        readings = new CurrentReadings(context, codecs);
        said = new MarkStore(ByteStores.window(context, MarkStore.WINDOWED), context.getStateStore(MarkStore.ROLLING));
        looks = new Looks(new Deadlines(context.getStateStore(Alerts.LOOKS)));
        clock = new QuotaClock();
        context.schedule(QuotaClock.TICK, PunctuationType.WALL_CLOCK_TIME, this::lookAgain);
    }

    @Override
    public void process(Record<byte[], Object> record) {
        if (record.value() instanceof QuotaReading reading) {
            clock.heard(Math.floorDiv(reading.at(), 1_000), context.currentSystemTimeMs());
            shelf.rules().matching(reading).forEach(rule -> look(rule, reading));
            return;
        }
        clock.heard(record.timestamp(), context.currentSystemTimeMs());
        if (record.value() instanceof UsagePartial partial) {
            count(partial.getRow());
        } else {
            change(record.key(), (byte[]) record.value(), record.timestamp());
        }
    }

    private void change(byte[] key, byte[] value, long timestamp) {
        Refusal refusal = shelf.change(key, value, clock.now());
        if (refusal != null) {
            RecordMetadata at = context.recordMetadata().orElseThrow();
            Origin origin = Origin.of(at.topic(), at.partition(), at.offset(), timestamp, value);
            byte[] letter = codecs.dead().encode(origin.dead(refusal));
            context.forward(new Record<>(DeadLetterKey.of(key), letter, timestamp), Alerts.DEAD);
            return;
        }
        String id = new String(key, StandardCharsets.UTF_8);
        CompiledRule rule = shelf.rules().find(id);
        for (Watched watched : said.allRolling(id)) {
            if (rule == null || !rule.definition().equals(watched.definition())) {
                said.forgetRolling(watched);
            }
        }
        if (rule != null && rule.isEnabled()) {
            begin(rule);
        }
    }

    /** A rule is new, or another one, or switched on: what its windows hold already is said at once. */
    private void begin(CompiledRule rule) {
        if (rule.watchesQuotas()) {
            readings.forEach(clock.now(), reading -> {
                if (rule.matches(reading)) {
                    look(rule, reading);
                }
            });
            return;
        }
        Set<StateName> names = new LinkedHashSet<>();
        rule.countings().forEach(what -> names.addAll(counters.fill(what, clock.now())));
        said.allRolling(rule.id()).forEach(watched -> names.add(watched.name()));
        names.forEach(name -> look(rule, name, rule.periods().at(clock.now())));
    }

    private void count(UsageStats minute) {
        Caller caller = Caller.of(minute);
        for (CompiledRule rule : shelf.rules().matching(caller)) {
            StateName name = rule.nameOf(caller);
            Window moved = null;
            for (Counting what : rule.countings()) {
                Move move = counters.add(what, name, minute);
                moved = move == null ? moved : move.bucket();
            }
            if (moved == null) {
                continue;
            }
            Window current = rule.periods().at(clock.now());
            if (!rule.periods().isRolling() && !moved.equals(current)) {
                look(rule, name, moved);
            }
            if (rule.reaches(current, moved.start())) {
                look(rule, name, current);
            } else if (rule.periods().isRolling() && moved.start() >= current.end()) {
                // Its clock is ahead: it is in the rolling window when that has come so far.
                looks.add(moved.start(), Watched.of(rule, name));
            }
        }
    }

    private void look(CompiledRule rule, StateName name, Window window) {
        if (!rule.hasCounted(window)) {
            return;
        }
        RuleCounts counts = new RuleCounts(counters, rule, name);
        Span span = new Span(window, rule.periods().isRolling());
        say(rule, Subject.of(rule, name), span, rule.level(counts, window));
    }

    private void look(CompiledRule rule, QuotaReading reading) {
        Window window = reading.window();
        if (!rule.looksAt(window, clock.now())) {
            return;
        }
        Span span = new Span(window, CompiledRule.isRolling(reading.quota()));
        Marks marks = say(rule, Subject.of(reading), span, rule.level(reading, clock.now()));
        if (rule.isForecast()) {
            long next = Forecast.nextLook(rule, reading, marks, clock.now());
            if (next < window.end()) {
                // Rounded up, so that usage which moves it by a little asks for no further look.
                long step = Math.max(1_000, (window.end() - window.start()) / LOOKS);
                looks.add(Math.floorDiv(next + step - 1, step) * step, Watched.of(rule, reading.name()));
            }
        }
    }

    private Marks say(CompiledRule rule, Subject subject, Span span, Level level) {
        Watched watched = Watched.of(rule, subject.name());
        Marks before = said.of(watched, span);
        AlertDecision decision = AlertDecision.decide(rule, subject, span.window(), level, before, clock.now());
        if (!decision.alerts().isEmpty()) {
            said.put(watched, span, decision.after());
        }
        byte[] company = subject.name().company().getBytes(StandardCharsets.UTF_8);
        for (Alert alert : decision.alerts()) {
            context.forward(
                    new Record<>(company, codecs.alerts().encode(alert), Math.floorDiv(clock.now(), 1_000)),
                    Alerts.ALERTS);
        }
        if (span.isRolling()) {
            keepRolling(rule, watched, span.window(), decision.after());
        }
        return decision.after();
    }

    /** As long as something is open, or was said in this very window, it is looked at when the window moves on. */
    private void keepRolling(CompiledRule rule, Watched watched, Window window, Marks marks) {
        if (marks.isOpen(rule.thresholds()) || marks.wereMadeIn(window)) {
            looks.add(window.end(), watched);
        } else if (!marks.isEmpty()) {
            said.forgetRolling(watched);
        }
    }

    private void lookAgain(long wallClockMs) {
        clock.tick(wallClockMs);
        for (Watched watched : looks.take(clock.now())) {
            CompiledRule rule = shelf.rules().find(watched.rule());
            if (rule == null || !rule.isEnabled() || !rule.definition().equals(watched.definition())) {
                continue;
            }
            if (!rule.watchesQuotas()) {
                look(rule, watched.name(), rule.periods().at(clock.now()));
                continue;
            }
            QuotaReading reading = readings.find(watched.name(), clock.now());
            if (reading != null && rule.matches(reading)) {
                look(rule, reading);
            }
        }
    }
}
