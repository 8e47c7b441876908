package io.tollgate.streams.dedupe;

import io.tollgate.avro.Entry;
import io.tollgate.avro.EntryState;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.SubmissionKind;

/** Row "voided": the end. A void is never taken back, so that nothing sent late can bring an amount back. */
final class VoidedEvent {
    private VoidedEvent() {}

    static Decision decide(Entry entry, Arrival arrival) {
        boolean usage = arrival.submission().getKind() == SubmissionKind.USAGE;
        return Decision.of(entry, Outcomes.of(arrival, usage ? OutcomeKind.DUPLICATE : OutcomeKind.NO_EFFECT));
    }

    static Entry entry(long fingerprint, int revision, int nextSequence) {
        Entry entry = new Entry();
        entry.setState(EntryState.VOIDED);
        entry.setFingerprint(fingerprint);
        entry.setRevision(revision);
        entry.setNextSequence(nextSequence);
        return entry;
    }
}
