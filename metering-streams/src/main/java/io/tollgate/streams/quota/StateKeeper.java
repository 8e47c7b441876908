package io.tollgate.streams.quota;

import io.tollgate.avro.ManualReset;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.QuotaReset;
import io.tollgate.avro.QuotaState;
import io.tollgate.quota.Count;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.Standing;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.streams.quota.Counters.Move;
import io.tollgate.streams.store.Deadlines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each name's state what its counters, the quota and the time make of it. There is a state for whoever has been
 * counted lately; it is that of the current window, which only ever moves on.
 *
 * <p>A window that is over is told of in {@code quota.resets}: once when the state moves on, under what had been used by
 * then, and again whenever a late event or a correction moves it after that. A rolling window is never over.
 */
final class StateKeeper {
    private final Counters counters;
    private final CurrentStates states;
    private final Deadlines deadlines;

    StateKeeper(Counters counters, CurrentStates states, Deadlines deadlines) {
        this.counters = counters;
        this.states = states;
        this.deadlines = deadlines;
    }

    /**
     * Takes a counter's move in.
     *
     * @return what has the usage from the step's version on; null where nothing of it counts in a state
     */
    @Nullable
    MovedState moved(CountedQuota quota, StateName name, Move move, Step step) {
        if (move.difference().isZero()) {
            return null; // of what a reset by hand has forgiven
        }
        QuotaState before = states.find(name);
        Window window = window(quota, before, step.now);
        Window bucket = move.bucket();
        if (bucket.start() >= window.end()) {
            // Its clock is ahead of the broker's. It counts when its window has begun: to go there at once would leave
            // the rest of this one without a quota.
            ask(bucket.start(), name);
            keep(quota, name, before, window, used(quota, name, before, window), step, before == null);
            return new MovedState(name.quota(), name.user(), name.key(), bucket.start());
        }
        if (bucket.end() <= window.start() && !quota.periods().isRolling()) {
            if (before == null || bucket.start() < before.getWindowStart()) {
                late(quota, name, move, step);
            } else {
                keep(quota, name, before, window, used(quota, name, before, window), step, true);
            }
            Standing standing = standingAtEnd(quota, bucket, move.after());
            step.read(new QuotaReading(quota.quota(), name, bucket, standing, step.now));
            return null;
        }
        Decimal used = used(quota, name, before, window);
        boolean isKnown = before != null && quota.periods().isRolling() && isIn(before, bucket);
        Decimal now = isKnown ? used.plus(move.difference()) : used;
        // Written in any case where it is known: what has left the window meanwhile would else be subtracted again.
        return keep(quota, name, before, window, now, step, isKnown) && bucket.end() > window.start()
                ? new MovedState(name.quota(), name.user(), name.key(), null)
                : null;
    }

    /** Brings the state up to the time and the quota. */
    void refresh(CountedQuota quota, StateName name, Step step) {
        QuotaState before = states.find(name);
        Window window = window(quota, before, step.now);
        keep(quota, name, before, window, used(quota, name, before, window), step, false);
    }

    /** Has it refreshed at one of the next ticks, which do so many each: all at once might outlast a transaction. */
    void refreshSoon(StateName name, Step step) {
        ask(step.now, name);
    }

    /** Makes the state of a quota that counts something else than before; nothing that was known of it holds. */
    void begin(CountedQuota quota, StateName name, List<ManualReset> resets, Step step) {
        boolean had = states.find(name) != null;
        states.remove(name);
        Window window = quota.periods().at(step.now);
        forgive(quota, name, window, total(quota, name, window), resets, step);
        boolean written = keep(quota, name, null, window, total(quota, name, window), step, false);
        if (had && !written) {
            step.state(name, null);
        }
    }

    /** Takes resets by hand in, and whatever else of the quota has changed but what it counts. */
    void change(CountedQuota quota, StateName name, List<ManualReset> resets, Step step) {
        QuotaState before = states.find(name);
        Window window = window(quota, before, step.now);
        forgive(quota, name, window, used(quota, name, before, window), resets, step);
        keep(quota, name, before, window, total(quota, name, window), step, false);
    }

    /** Takes the state out: there is nothing to tell of it any more. */
    void end(StateName name, Step step) {
        states.remove(name);
        step.state(name, null);
    }

    /** The window of now; never an earlier one than before. */
    private static Window window(CountedQuota quota, @Nullable QuotaState before, long now) {
        return quota.periods().at(before == null ? now : Math.max(now, before.getWindowEnd() - 1));
    }

    private static boolean isIn(QuotaState state, Window bucket) {
        return bucket.start() >= state.getWindowStart() && bucket.end() <= state.getWindowEnd();
    }

    /**
     * What has been used in the window. Of a rolling one only what has entered and left it since {@code before} is read,
     * so what has changed within both is for the caller to add.
     */
    private Decimal used(CountedQuota quota, StateName name, @Nullable QuotaState before, Window window) {
        if (before == null || !quota.periods().isRolling()) {
            return total(quota, name, window);
        }
        long end = before.getWindowEnd();
        Decimal left = sum(quota, name, before.getWindowStart(), Math.min(window.start(), end));
        Decimal entered = sum(quota, name, Math.max(window.start(), end), window.end());
        return QuotaRecords.used(before).plus(left.negated()).plus(entered);
    }

    private Decimal total(CountedQuota quota, StateName name, Window window) {
        return quota.periods().isRolling()
                ? sum(quota, name, window.start(), window.end())
                : counters.at(quota.counting(), name, window.start()).used();
    }

    private Decimal sum(CountedQuota quota, StateName name, long from, long to) {
        Decimal[] sum = {Decimal.ZERO};
        counters.visit(quota.counting(), name, from, to, (start, count) -> {
            sum[0] = sum[0].plus(count.used());
            return true;
        });
        return sum[0];
    }

    /**
     * Writes the state if it is another one than before.
     *
     * @param anyway also if it is not
     */
    private boolean keep(
            CountedQuota quota,
            StateName name,
            @Nullable QuotaState before,
            Window window,
            Decimal used,
            Step step,
            boolean anyway) {
        Standing standing = Standing.of(quota.quota(), used, step.now);
        if (before == null) {
            if (used.isZero() && !anyway) {
                return false;
            }
        } else {
            boolean isDue = step.now >= QuotaRecords.due(before);
            if (!anyway && !isDue && QuotaRecords.says(before, standing)) {
                return false;
            }
            closeWindows(quota, name, before, window, step);
            if (isDue && used.isZero() && QuotaRecords.used(before).isZero()) {
                end(name, step);
                return false;
            }
        }
        QuotaState state = QuotaRecords.state(
                quota.quota(),
                name,
                window,
                standing,
                resetsAt(quota, name, window),
                step.version(name.company()),
                step.now);
        byte[] encoded = step.encode(state);
        states.put(name, encoded);
        step.state(name, encoded);
        if (before == null || QuotaRecords.due(before) != QuotaRecords.due(state)) {
            ask(QuotaRecords.due(state), name);
        }
        step.read(new QuotaReading(quota.quota(), name, window, standing, step.now));
        return true;
    }

    /** The state's own window, and what was counted ahead of time in one that has come and gone since. */
    private void closeWindows(CountedQuota quota, StateName name, QuotaState before, Window now, Step step) {
        if (quota.periods().isRolling()) {
            return;
        }
        counters.visit(quota.counting(), name, before.getWindowStart(), now.start(), (start, count) -> {
            if (!count.used().isZero()) {
                step.reset(name, ended(quota, name, quota.periods().at(start), count, step));
            }
            return true;
        });
    }

    private static void late(CountedQuota quota, StateName name, Move move, Step step) {
        QuotaReset reset = ended(quota, name, move.bucket(), move.after(), step);
        reset.setLate(true);
        step.reset(name, reset);
    }

    private static QuotaReset ended(CountedQuota quota, StateName name, Window window, Count count, Step step) {
        Standing standing = standingAtEnd(quota, window, count);
        return QuotaRecords.reset(quota.quota(), name, window, standing, step.version(name.company()), step.now);
    }

    private static Standing standingAtEnd(CountedQuota quota, Window window, Count count) {
        return Standing.of(quota.quota(), count.used(), window.end() - 1);
    }

    /** A reset from before the window has nothing to do with it. */
    private void forgive(
            CountedQuota quota, StateName name, Window window, Decimal used, List<ManualReset> resets, Step step) {
        Decimal left = used;
        for (ManualReset by : resets) {
            if (isAbout(by, name) && by.getAt() >= window.start()) {
                Standing standing = Standing.of(quota.quota(), left, step.now);
                QuotaReset reset = QuotaRecords.reset(
                        quota.quota(), name, window, standing, step.version(name.company()), step.now);
                reset.setNumber(by.getNumber());
                reset.setReason(by.getReason());
                step.reset(name, reset);
                forgive(quota, name, window, by.getAt());
                left = Decimal.ZERO;
            }
        }
    }

    private void forgive(CountedQuota quota, StateName name, Window window, long at) {
        Map<Long, Count> found = new LinkedHashMap<>();
        counters.visit(quota.counting(), name, window.start(), window.end(), (start, count) -> {
            found.put(start, count);
            return true;
        });
        found.forEach((start, count) -> counters.put(quota.counting(), name, start, count.forgiven(at)));
    }

    private static boolean isAbout(ManualReset reset, StateName name) {
        return (reset.getCompany() == null || reset.getCompany().equals(name.company()))
                && (reset.getUser() == null || reset.getUser().equals(name.user()))
                && (reset.getKey() == null || reset.getKey().equals(name.key()));
    }

    /** A rolling window loses its oldest quarter hour when the window's length has gone by since that began. */
    private long resetsAt(CountedQuota quota, StateName name, Window window) {
        long[] at = {window.end()};
        if (quota.periods().isRolling()) {
            long length = window.end() - window.start();
            counters.visit(quota.counting(), name, window.start(), window.end(), (start, count) -> {
                at[0] = count.used().isZero() ? at[0] : start + length;
                return count.used().isZero();
            });
        }
        return at[0];
    }

    private void ask(long micros, StateName name) {
        deadlines.add(Math.floorDiv(micros + 999, 1_000), CurrentStates.key(name));
    }
}
