package io.tollgate.streams.dedupe;

import io.tollgate.avro.HeldCorrection;
import io.tollgate.avro.Submission;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.dead.Origin;

/** A submission as it lies in {@code usage.events}. */
public record Arrival(Submission submission, Origin origin) {

    /** Of a correction that was held: the same record, met again. */
    static Arrival of(HeldCorrection held) {
        Origin origin = new Origin(
                Topics.USAGE_EVENTS.name(),
                held.getEventsPartition(),
                held.getEventsOffset(),
                held.getAppendedAt(),
                held.getOriginal());
        return new Arrival(held.getSubmission(), origin);
    }

    HeldCorrection toHeld() {
        return new HeldCorrection(
                submission, origin.partition(), origin.offset(), origin.appendedAt(), origin.original());
    }

    /** The broker's LogAppendTime, epoch µs: the only clock that decides anything. */
    public long appendedAt() {
        return origin.appendedAt();
    }
}
