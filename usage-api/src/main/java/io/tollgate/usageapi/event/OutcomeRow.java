package io.tollgate.usageapi.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a submission about the event that is not simply rated. */
record OutcomeRow(
        Instant bookedAt,
        String submission,
        String outcome,
        int revision,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String reason,
        @Nullable String correctionSource,
        @Nullable String correctionId) {

    boolean is(String submission, String outcome) {
        return this.submission.equals(submission) && this.outcome.equals(outcome);
    }
}
