package io.tollgate.streams.dedupe;

import io.tollgate.avro.Entry;
import io.tollgate.avro.EntryState;
import io.tollgate.avro.HeldCorrection;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.pricing.PriceBook;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.streams.check.EventAge;
import io.tollgate.streams.check.MeteredCheck;
import io.tollgate.streams.check.Refusal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a submission does to its event: the table in docs/architecture.md, one class for each of its rows. Every submission gets
 * exactly one final outcome: a ledger row of state RATED for a usage, else an {@link io.tollgate.avro.Outcome}; only a
 * held correction gets PENDING first.
 *
 * <p>Nothing here writes, and nothing depends on a clock but LogAppendTime: whatever fails has left no trace.
 */
public final class EntryDecision {
    /** How long a correction waits for its event, by LogAppendTime. */
    public static final Duration PATIENCE = Duration.ofHours(24);

    private static final long PATIENCE_MICROS = PATIENCE.toMillis() * 1_000;

    private EntryDecision() {}

    /**
     * What follows from a submission.
     *
     * @param entry what is remembered of the event; null where nothing is
     */
    public static Decision decide(@Nullable Entry entry, Arrival arrival, PriceBook prices) {
        if (entry != null && isOverdue(entry, arrival.appendedAt())) {
            return expire(entry).then(decide(null, arrival, prices));
        }
        Refusal refusal = refusal(arrival);
        if (refusal != null) {
            return dead(entry, arrival, refusal);
        }
        if (entry == null) {
            return UnknownEvent.decide(arrival, prices);
        }
        return switch (entry.getState()) {
            case LIVE -> LiveEvent.decide(entry, arrival, prices);
            case AMEND_PENDING, VOID_PENDING -> PendingEvent.decide(entry, arrival, prices);
            case VOIDED -> VoidedEvent.decide(entry, arrival);
            case UNKNOWN -> throw new IllegalStateException("an entry of a later version");
        };
    }

    /** The submission has no effect but to be reported; whatever is remembered stays. */
    public static Decision dead(@Nullable Entry entry, Arrival arrival, Refusal refusal) {
        return new Decision(
                entry,
                List.of(),
                List.of(Outcomes.of(arrival, OutcomeKind.DEAD, refusal)),
                List.of(arrival.origin().dead(refusal, arrival.submission())));
    }

    /** Epoch µs from which on a held correction waits no more. */
    public static long deadline(HeldCorrection held) {
        return held.getAppendedAt() + PATIENCE_MICROS;
    }

    /** Whether the entry only waits for an event that had to come before {@code now}, epoch µs. */
    public static boolean isOverdue(Entry entry, long now) {
        HeldCorrection held = entry.getHeld();
        return held != null && now >= deadline(held);
    }

    /** Gives the held correction of an overdue entry up: nothing is remembered of the event any more. */
    public static Decision expire(Entry entry) {
        Arrival held = Arrival.of(heldBy(entry));
        Refusal unmatched =
                new Refusal("unmatched", "no event of this source and id came within " + PATIENCE.toHours() + " hours");
        return new Decision(
                null,
                List.of(),
                List.of(Outcomes.of(held, OutcomeKind.UNMATCHED, unmatched)),
                List.of(held.origin().dead(unmatched, held.submission())));
    }

    static HeldCorrection heldBy(Entry entry) {
        HeldCorrection held = entry.getHeld();
        if (held == null) {
            throw new IllegalStateException("an entry in state " + entry.getState() + " that holds no correction");
        }
        return held;
    }

    static Entry pending(EntryState state, Arrival correction) {
        Entry entry = new Entry();
        entry.setState(state);
        entry.setRevision(1);
        entry.setHeld(correction.toHeld());
        return entry;
    }

    private static @Nullable Refusal refusal(Arrival arrival) {
        Submission submission = arrival.submission();
        SubmissionKind kind = submission.getKind();
        if (kind == SubmissionKind.UNKNOWN) {
            return new Refusal(RejectionCode.UNKNOWN_TYPE, "a kind of submission that this version does not know");
        }
        if (kind != SubmissionKind.USAGE && kind != SubmissionKind.AMEND) {
            return null;
        }
        Usage usage = submission.getUsage();
        if (usage == null) {
            return new Refusal(RejectionCode.INVALID_EVENT, "usage: missing");
        }
        boolean isTimed = usage.getEventTimeGiven() || kind == SubmissionKind.USAGE;
        Refusal age = isTimed ? EventAge.METERED.check(usage.getEventTime(), arrival.appendedAt()) : null;
        return age == null ? MeteredCheck.usage(usage) : age;
    }
}
