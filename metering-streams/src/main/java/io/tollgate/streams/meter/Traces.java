package io.tollgate.streams.meter;

import io.tollgate.avro.Entry;
import io.tollgate.avro.HeldCorrection;
import io.tollgate.schemas.trace.TraceContext;
import io.tollgate.streams.dedupe.Arrival;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Headers of what a decision writes: a record is part of the trace of the submission that it speaks of, which is the one
 * that arrived or the one that was held until then, and of no other's.
 */
final class Traces {
    private final @Nullable Arrival arrival;
    private final @Nullable HeldCorrection held;

    /**
     * @param arrival null: time alone decided
     * @param before what was remembered of the event
     */
    Traces(@Nullable Arrival arrival, @Nullable Entry before) {
        this.arrival = arrival;
        this.held = before == null ? null : before.getHeld();
    }

    /** Of what the arrival itself causes. */
    Headers ofArrival() {
        return headers(arrival == null ? null : arrival.trace());
    }

    /** Of what is said about the submission at this offset of the event's partition. */
    Headers of(long offset) {
        if (arrival != null && arrival.origin().offset() == offset) {
            return ofArrival();
        }
        return held != null && held.getEventsOffset() == offset
                ? headers(TraceContext.of(held.getTraceparent(), held.getTracestate()))
                : headers(null);
    }

    private static Headers headers(@Nullable TraceContext trace) {
        return trace == null ? new RecordHeaders() : trace.headers();
    }
}
