package io.tollgate.streams.dedupe;

import io.tollgate.avro.Charge;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.Submission;
import io.tollgate.pricing.PriceBook;
import java.util.List;

/** A usage is counted: its first row, and its outcome where that is not {@code rated}. */
final class FirstCharge {
    private FirstCharge() {}

    /** @param content the usage's own, or what an amend that came first made of it */
    static Decision of(Arrival usage, Content content, PriceBook prices) {
        Submission submission = usage.submission();
        Charge charge = content.charge(submission.getCompany(), prices, 0);
        List<RatedUsage> rows = List.of(LedgerRows.row(usage, content, charge, RowKind.USAGE));
        var entry = content.entry(submission.getFingerprint(), charge);
        RatingState state = charge.getState();
        if (state == RatingState.RATED) {
            return Decision.of(entry, rows);
        }
        OutcomeKind outcome = state == RatingState.USAGE_MISSING ? OutcomeKind.USAGE_MISSING : OutcomeKind.UNPRICED;
        return Decision.of(entry, rows, Outcomes.of(usage, outcome, charge.getCode()));
    }
}
