package io.tollgate.sink.outcome;

import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.text.Calendar;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;

/** Of each submission in a batch its outcome, in the order of the table's key; a decision is never taken back to pending. */
final class FinalOutcomes {
    private record Submission(long day, int partition, long offset) {}

    private static final Comparator<Submission> IN_KEY_ORDER = Comparator.comparingLong(Submission::day)
            .thenComparingInt(Submission::partition)
            .thenComparingLong(Submission::offset);

    private final TreeMap<Submission, Received<Outcome>> bySubmission = new TreeMap<>(IN_KEY_ORDER);

    void add(Received<Outcome> received) {
        Outcome outcome = received.value();
        Submission submission = new Submission(
                Calendar.dayOf(outcome.getBookedAt()), outcome.getEventsPartition(), outcome.getEventsOffset());
        bySubmission.merge(
                submission, received, (kept, next) -> kept.value().getOutcome() == OutcomeKind.PENDING ? next : kept);
    }

    Collection<Received<Outcome>> rows() {
        return bySubmission.values();
    }
}
