package io.tollgate.quota;

import io.tollgate.avro.QuotaState;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
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

    /** A hold that the state has from {@code version} on; let go at {@code until} in any case. */
    private record Waiting(long version, Decimal amount, long until) {}

    @Nullable
    QuotaState state() {
        return state;
    }

    Decimal reserved() {
        return reserved;
    }

    boolean isEmpty() {
        return state == null && waiting.isEmpty() && reserved.isZero();
    }

    void read(@Nullable QuotaState newer) {
        state = newer;
        if (!waiting.isEmpty()) {
            long version = newer == null ? Long.MAX_VALUE : newer.getVersion();
            letGoOf(hold -> hold.version <= version);
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

    /** The hold's usage is in the state from a version on. */
    void settle(Decimal amount, long version, long until) {
        if (state != null && state.getVersion() >= version) {
            letGo(amount);
        } else {
            waiting.add(new Waiting(version, amount, until));
        }
    }

    void expire(long now) {
        if (!waiting.isEmpty()) {
            letGoOf(hold -> hold.until <= now);
        }
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

    /** A rolling window moves on by itself and never ends at once; its next state takes out what has left it. */
    private boolean isCurrent(QuotaRule rule, long now) {
        Periods periods = rule.periods();
        return state != null && periods != null && (periods.isRolling() || now < state.getWindowEnd());
    }

    private QuotaState current() {
        if (state == null) {
            throw new IllegalStateException("there is no state");
        }
        return state;
    }
}
