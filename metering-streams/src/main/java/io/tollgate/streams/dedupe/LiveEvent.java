package io.tollgate.streams.dedupe;

import io.tollgate.avro.Charge;
import io.tollgate.avro.Entry;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.Submission;
import io.tollgate.pricing.PriceBook;
import java.util.List;

/**
 * Rows "live": the event has been counted. A correction reverses the row in force, which is kept for that and never
 * priced again, and puts another in its place.
 */
final class LiveEvent {
    /** A usage is revision 1; what amends it is above. */
    static final int ORIGINAL_REVISION = 1;

    private LiveEvent() {}

    static Decision decide(Entry entry, Arrival arrival, PriceBook prices) {
        Submission submission = arrival.submission();
        return switch (submission.getKind()) {
            case USAGE -> {
                boolean same = submission.getFingerprint() == entry.getFingerprint();
                yield Decision.of(entry, Outcomes.of(arrival, same ? OutcomeKind.DUPLICATE : OutcomeKind.CONFLICT));
            }
            case AMEND ->
                submission.getRevision() <= entry.getRevision()
                        ? Decision.of(entry, Outcomes.of(arrival, OutcomeKind.NO_EFFECT))
                        : amended(entry, arrival, prices);
            case VOID -> voided(entry, arrival);
            case RERATE -> rerated(entry, arrival, prices);
            case UNKNOWN -> throw new IllegalArgumentException("refused before");
        };
    }

    private static Decision amended(Entry entry, Arrival arrival, PriceBook prices) {
        Content content = Content.of(entry).amendedBy(arrival.submission());
        Charge charge = content.charge(arrival.submission().getCompany(), prices, entry.getNextSequence() + 1);
        return replaced(entry, arrival, content, charge);
    }

    /** Whoever asked has looked at one row; another that is in force by now was priced since, or is not what was meant. */
    private static Decision rerated(Entry entry, Arrival arrival, PriceBook prices) {
        Integer row = arrival.submission().getRow();
        if (row != null && row != Charges.of(entry).getSequence()) {
            return Decision.of(entry, Outcomes.of(arrival, OutcomeKind.NO_EFFECT));
        }
        Content content = Content.of(entry);
        Charge charge = content.charge(arrival.submission().getCompany(), prices, entry.getNextSequence() + 1);
        return Charges.rating(Charges.of(entry)).amountsToTheSame(Charges.rating(charge))
                ? Decision.of(entry, Outcomes.of(arrival, OutcomeKind.NO_EFFECT))
                : replaced(entry, arrival, content, charge);
    }

    private static Decision replaced(Entry entry, Arrival arrival, Content content, Charge charge) {
        RatedUsage reversal = LedgerRows.reversal(entry, arrival);
        RatedUsage replacement = LedgerRows.row(arrival, content, charge, RowKind.REPLACEMENT);
        replacement.setCorrects(Charges.of(entry).getSequence());
        return Decision.of(
                content.entry(entry.getFingerprint(), charge),
                List.of(reversal, replacement),
                Outcomes.of(arrival, OutcomeKind.APPLIED, charge.getCode()));
    }

    private static Decision voided(Entry entry, Arrival arrival) {
        return Decision.of(
                VoidedEvent.entry(entry.getFingerprint(), entry.getRevision(), entry.getNextSequence() + 1),
                List.of(LedgerRows.reversal(entry, arrival)),
                Outcomes.of(arrival, OutcomeKind.APPLIED));
    }
}
