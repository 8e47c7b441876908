package io.tollgate.gateway.ingest;

import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.quota.Admissions;
import io.tollgate.quota.Caller;
import java.util.List;

/**
 * Notes on events which quotas were exceeded when they came, as far as is known. They are taken all the same, and it is
 * no part of what the client said: an event sent again later is the same event.
 */
final class OverQuotas {
    private OverQuotas() {}

    /** @param now epoch µs */
    static void stamp(List<Verdict.Accepted> accepted, Admissions admissions, long now) {
        for (Verdict.Accepted event : accepted) {
            Submission submission = event.submission();
            Usage usage = submission.getUsage();
            if (usage == null || submission.getKind() != SubmissionKind.USAGE) {
                continue;
            }
            List<String> exceeded = admissions.exceeded(
                    new Caller(
                            submission.getCompany(),
                            usage.getUser(),
                            submission.getAuthId(),
                            usage.getProvider(),
                            usage.getModel()),
                    now);
            if (!exceeded.isEmpty()) {
                usage.setOverQuotas(exceeded);
            }
        }
    }
}
