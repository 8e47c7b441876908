package io.tollgate.oracle;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code event_outcomes}, but for the detail, which is words for people. */
record OutcomeRow(
        Position at,
        String bookedOn,
        long bookedAt,
        String company,
        String source,
        String eventId,
        String submission,
        String outcome,
        int revision,
        @Nullable String code,
        @Nullable String correctionSource,
        @Nullable String correctionId,
        @Nullable String reason,
        @Nullable String authId) {

    static OutcomeRow of(Submission submission, String outcome, @Nullable String code) {
        return new OutcomeRow(
                submission.at(),
                LedgerRow.day(submission.appendedAt()),
                submission.appendedAt(),
                submission.company(),
                submission.source(),
                submission.id(),
                submission.kind(),
                outcome,
                submission.revision(),
                code,
                submission.correctionSource(),
                submission.correctionId(),
                submission.reason(),
                submission.authId());
    }

    boolean isPending() {
        return Objects.equals(outcome, "pending");
    }
}
