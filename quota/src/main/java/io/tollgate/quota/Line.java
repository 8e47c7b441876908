package io.tollgate.quota;

import io.tollgate.avro.QuotaState;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one quota for one of those whom it counts: the newest state that was read, and what open admissions
 * hold beside it.
 *
 * <p>A hold whose usage has been counted by a version of the state that has not been read yet still counts here: it would
 * be in neither else. {@code reserved} is a running sum, which exact decimals allow.
 */
final class Line {
    private @Nullable QuotaState state;
    private Decimal reserved = Decimal.ZERO;
    private final List<Waiting> waiting = new ArrayList<>(0);

    /** A hold that the state has from {@code version} on; without any state let go at {@code until}. */
    private record Waiting(long version, @Nullable Long windowStart, Decimal amount, long until) {
        boolean isIn(QuotaState state) {
            return state.getVersion() >= version && (windowStart == null || state.getWindowEnd() > windowStart);
        }
    }

    Decimal reserved() {
        return reserved;
    }

    boolean isEmpty() {
        return state == null && waiting.isEmpty() && reserved.isZero();
    }

    /** Null takes the state out, and what has waited for it waits for the next. */
    void read(@Nullable QuotaState newer) {
        state = newer;
        if (newer != null && !waiting.isEmpty()) {
            letGoOf(hold -> hold.isIn(newer));
        }
    }

    void hold(Decimal amount) {
        reserved = reserved.plus(amount);
    }

    void letGo(Decimal amount) {
        reserved = reserved.plus(amount.negated());
    }

    private void letGoOf(Predicate<Waiting> over) {
        waiting.removeIf(hold -> {
            boolean gone = over.test(hold);
            if (gone) {
                letGo(hold.amount);
            }
            return gone;
        });
    }

    /**
     * The hold's usage is in the state from a version on.
     *
     * @param windowStart of the window that it is in, where that has not begun
     */
    void settle(Decimal amount, long version, @Nullable Long windowStart, long until) {
        Waiting hold = new Waiting(version, windowStart, amount, until);
        if (state != null && hold.isIn(state)) {
            letGo(amount);
        } else {
            waiting.add(hold);
        }
    }

    /** While there is a state, the next one has the usage and is waited for; where it was taken out, none may come. */
    void expire(long now) {
        if (state == null && !waiting.isEmpty()) {
            letGoOf(hold -> hold.until <= now);
        }
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** A window that is over counts nothing any more. */
    Decimal used(QuotaRule rule, long now) {
        return isCurrent(rule, now) ? Decimals.fromAvro(current().getUsed()) : Decimal.ZERO;
    }

    Window window(QuotaRule rule, long now) {
        Periods periods = rule.periods();
        if (periods == null) {
            return new Window(now, now + 1);
        }
        return isCurrent(rule, now)
                ? new Window(current().getWindowStart(), current().getWindowEnd())
                : periods.at(now);
    }

    long resetsAt(QuotaRule rule, long now) {
        return isCurrent(rule, now) && current().getResetsAt() > now
                ? current().getResetsAt()
                : window(rule, now).end();
    }

    /** As the state says, whose window may be over. */
    boolean saysExceeded() {
        return state != null && state.getStatus() == QuotaStatus.EXCEEDED;
    }

    boolean isExceeded(QuotaRule rule, long now) {
        return saysExceeded() && isCurrent(rule, now);
    }

    /** Nothing is held any more; what is known of the usage stays. */
    void letGoOfAll() {
        waiting.clear();
        reserved = Decimal.ZERO;
    }

    /**
     * Whether the state is of the quota as it is now, and of its window. A rolling window moves on by itself and never ends
     * at once; its next state takes out what has left it.
     */
    private boolean isCurrent(QuotaRule rule, long now) {
        Periods periods = rule.periods();
        return state != null
                && periods != null
                && (periods.isRolling() || now < state.getWindowEnd())
                && rule.metric().name().equals(state.getMetric())
                && Objects.equals(rule.metric().currency(), state.getCurrency())
                && periods.at(state.getWindowEnd() - 1).start() == state.getWindowStart();
    }

    private QuotaState current() {
        if (state == null) {
            throw new IllegalStateException("there is no state");
        }
        return state;
    }
}
