package io.tollgate.sink.batch;

import io.tollgate.avro.DeadLetter;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where records go that can't be written. */
@FunctionalInterface
public interface DeadLetters {

    /** A dead letter and the record that it is about, whose key it keeps. */
    record Letter(ConsumerRecord<byte[], byte[]> origin, DeadLetter letter) {}

    /**
     * Returns when all of them are kept for good. A letter may come again: its id is where its original lies.
     *
     * @throws RuntimeException if they are not kept; nothing may then be committed that relies on them
     */
    void keep(List<Letter> letters);
}
