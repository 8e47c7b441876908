package io.tollgate.gateway.ingest;

import io.tollgate.avro.Submission;
import io.tollgate.gateway.backbone.EventLog;
import org.jspecify.annotations.Nullable;

/** What becomes of one event of a request, in the order in which they were sent. */
public sealed interface Verdict {

    /** The event's own CloudEvents id, null where it has none that can be read. */
    @Nullable
    String id();

    /**
     * Good; in once the brokers have it.
     *
     * @param key of its record: the hash of the event that it speaks of
     */
    @SuppressWarnings("ArrayRecordComponent") // handed to the producer, never compared
    record Accepted(String id, byte[] key, Submission submission) implements Verdict, EventLog.Entry {}

    /** Not taken; its id stays free. */
    record Rejected(@Nullable String id, Rejection rejection) implements Verdict {}
}
