package io.tollgate.streams.dedupe;

import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.Submission;
import io.tollgate.streams.check.Refusal;
import org.jspecify.annotations.Nullable;

/** Outcomes, each under the name of the submission that it settles. */
final class Outcomes {
    private Outcomes() {}

    static Outcome of(Arrival arrival, OutcomeKind kind) {
        return of(arrival, kind, null, null);
    }

    static Outcome of(Arrival arrival, OutcomeKind kind, @Nullable String code) {
        return of(arrival, kind, code, null);
    }

    static Outcome of(Arrival arrival, OutcomeKind kind, Refusal refusal) {
        return of(arrival, kind, refusal.code(), refusal.detail());
    }

    private static Outcome of(Arrival arrival, OutcomeKind kind, @Nullable String code, @Nullable String detail) {
        Submission submission = arrival.submission();
        return new Outcome(
                submission.getCompany(),
                submission.getSource(),
                submission.getId(),
                submission.getKind(),
                kind,
                submission.getRevision(),
                code,
                detail,
                submission.getCorrectionSource(),
                submission.getCorrectionId(),
                submission.getReason(),
                submission.getAuthId(),
                arrival.appendedAt(),
                arrival.origin().partition(),
                arrival.origin().offset());
    }
}
