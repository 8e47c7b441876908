package io.tollgate.streams.dedupe;

import io.tollgate.avro.HeldCorrection;
import io.tollgate.avro.Submission;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.schemas.trace.TraceContext;
import io.tollgate.streams.dead.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A submission as it lies in {@code usage.events}.
 *
 * @param trace that it is part of
 */
public record Arrival(Submission submission, Origin origin, @Nullable TraceContext trace) {
    /** One that is part of no trace. */
    public Arrival(Submission submission, Origin origin) {
        this(submission, origin, null);
    }

    /** Of a correction that was held: the same record, met again. */
    static Arrival of(HeldCorrection held) {
        Origin origin = new Origin(
                Topics.USAGE_EVENTS.name(),
                held.getEventsPartition(),
                held.getEventsOffset(),
                held.getAppendedAt(),
                held.getOriginal());
        TraceContext trace = TraceContext.of(held.getTraceparent(), held.getTracestate());
        return new Arrival(held.getSubmission(), origin, trace);
    }

    HeldCorrection toHeld() {
        return new HeldCorrection(
                submission,
                origin.partition(),
                origin.offset(),
                origin.appendedAt(),
                origin.original(),
                trace == null ? null : trace.traceparent(),
                trace == null ? null : trace.tracestate());
    }

    /** The broker's LogAppendTime, epoch µs: the only clock that decides anything. */
    public long appendedAt() {
        return origin.appendedAt();
    }
}
