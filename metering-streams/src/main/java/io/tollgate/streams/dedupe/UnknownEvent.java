package io.tollgate.streams.dedupe;

import io.tollgate.avro.EntryState;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.Submission;
import io.tollgate.pricing.PriceBook;

/** Row "none" of the table: nothing is remembered of the event. */
final class UnknownEvent {
    private UnknownEvent() {}

    static Decision decide(Arrival arrival, PriceBook prices) {
        Submission submission = arrival.submission();
        return switch (submission.getKind()) {
            case USAGE -> FirstCharge.of(arrival, Content.of(submission), prices);
            case AMEND ->
                submission.getRevision() <= LiveEvent.ORIGINAL_REVISION
                        ? Decision.of(null, Outcomes.of(arrival, OutcomeKind.NO_EFFECT))
                        : held(EntryState.AMEND_PENDING, arrival);
            case VOID -> held(EntryState.VOID_PENDING, arrival);
            case RERATE -> Decision.of(null, Outcomes.of(arrival, OutcomeKind.UNMATCHED));
            case UNKNOWN -> throw new IllegalArgumentException("refused before");
        };
    }

    private static Decision held(EntryState state, Arrival arrival) {
        return Decision.of(EntryDecision.pending(state, arrival), Outcomes.of(arrival, OutcomeKind.PENDING));
    }
}
