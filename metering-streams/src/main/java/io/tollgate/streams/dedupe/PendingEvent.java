package io.tollgate.streams.dedupe;

import io.tollgate.avro.Entry;
import io.tollgate.avro.EntryState;
import io.tollgate.avro.HeldCorrection;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.pricing.PriceBook;

/**
 * Rows "amend_pending" and "void_pending": a correction came first. One correction is held at most. A later amend of a
 * higher revision takes the place of a lower one, and a void that of any amend: what can't win any more is told
 * {@code no_effect} at once, so an entry can't grow with what is sent at it.
 */
final class PendingEvent {
    private PendingEvent() {}

    static Decision decide(Entry entry, Arrival arrival, PriceBook prices) {
        boolean voidHeld = entry.getState() == EntryState.VOID_PENDING;
        return switch (arrival.submission().getKind()) {
            case USAGE -> voidHeld ? cancelled(entry, arrival) : amended(entry, arrival, prices);
            case AMEND ->
                !voidHeld && arrival.submission().getRevision() > heldRevision(entry)
                        ? replaced(entry, EntryState.AMEND_PENDING, arrival)
                        : Decision.of(entry, Outcomes.of(arrival, OutcomeKind.NO_EFFECT));
            case VOID ->
                voidHeld
                        ? Decision.of(entry, Outcomes.of(arrival, OutcomeKind.NO_EFFECT))
                        : replaced(entry, EntryState.VOID_PENDING, arrival);
            case RERATE -> Decision.of(entry, Outcomes.of(arrival, OutcomeKind.NO_EFFECT));
            case UNKNOWN -> throw new IllegalArgumentException("refused before");
        };
    }

    private static Decision cancelled(Entry entry, Arrival usage) {
        Entry voided = VoidedEvent.entry(usage.submission().getFingerprint(), 1, 0);
        return Decision.of(
                voided, Outcomes.of(usage, OutcomeKind.CANCELLED), Outcomes.of(held(entry), OutcomeKind.APPLIED));
    }

    private static Decision amended(Entry entry, Arrival usage, PriceBook prices) {
        Arrival amend = held(entry);
        Content content = Content.of(usage.submission()).amendedBy(amend.submission());
        Decision charged = FirstCharge.of(usage, content, prices);
        return charged.then(Decision.of(charged.entry(), Outcomes.of(amend, OutcomeKind.APPLIED)));
    }

    private static Decision replaced(Entry entry, EntryState state, Arrival arrival) {
        return Decision.of(
                EntryDecision.pending(state, arrival),
                Outcomes.of(held(entry), OutcomeKind.NO_EFFECT),
                Outcomes.of(arrival, OutcomeKind.PENDING));
    }

    private static Arrival held(Entry entry) {
        return Arrival.of(EntryDecision.heldBy(entry));
    }

    private static int heldRevision(Entry entry) {
        HeldCorrection held = EntryDecision.heldBy(entry);
        return held.getSubmission().getRevision();
    }
}
