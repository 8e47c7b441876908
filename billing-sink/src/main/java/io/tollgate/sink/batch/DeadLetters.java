package io.tollgate.sink.batch;

import io.tollgate.avro.DeadLetter;
import java.util.List;

/** Where records go that can't be written. */
@FunctionalInterface
public interface DeadLetters {

    /** A dead letter and the key of the record that it is about. */
    record Letter(byte[] key, DeadLetter letter) {}

    /**
     * Returns when all of them are kept for good. A letter may come again: its id is where its original lies.
     *
     * @throws RuntimeException if they are not kept; nothing may then be committed that relies on them
     */
    void keep(List<Letter> letters);
}
