package io.tollgate.streams.meter;

import io.tollgate.avro.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of events. An entry written before a commit is there after a crash if and only if the commit is;
 * whoever puts another store behind this must keep that.
 */
interface EntryStore {

    /**
     * What is remembered of an event; null where nothing is.
     *
     * @param event its hash
     * @param now stream time, epoch ms
     */
    @Nullable
    Kept find(byte[] event, long now);

    /**
     * Remembers {@code entry} of the event, in place of what was {@link #find found}.
     *
     * @param before what {@code find} gave for the same event and time
     */
    void keep(byte[] event, Entry entry, @Nullable Kept before, long now);

    /** Remembers nothing of the event any more. */
    void forget(byte[] event, Kept before);

    /**
     * An entry and where it lies.
     *
     * @param generation start of its generation, epoch ms
     */
    record Kept(Entry entry, long generation) {}
}
