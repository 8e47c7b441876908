package io.tollgate.gateway.ingest;

import io.tollgate.avro.Submission;
import io.tollgate.gateway.backbone.EventLog;
import io.tollgate.schemas.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/** What becomes of one event of a request, in the order in which they were sent. */
public sealed interface Verdict {

    /** The event's own CloudEvents id, null where it has none that can be read. */
    @Nullable
    String id();

    /** The same, of an event that says itself which trace it is part of; null: it does not. */
    default Verdict in(@Nullable TraceContext trace) {
        return this;
    }

    /**
     * Good; in once the brokers have it.
     *
     * @param key of its record: the hash of the event that it speaks of
     * @param trace its own, which goes before its request's
     */
    @SuppressWarnings("ArrayRecordComponent") // handed to the producer, never compared
    record Accepted(String id, byte[] key, Submission submission, @Nullable TraceContext trace)
            implements Verdict, EventLog.Entry {
        @Override
        public Verdict in(@Nullable TraceContext trace) {
            return trace == null ? this : new Accepted(id, key, submission, trace);
        }
    }

    /** Not taken; its id stays free. */
    record Rejected(@Nullable String id, Rejection rejection) implements Verdict {}
}
