package io.tollgate.sink.batch;

import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.UnreadableRecordException;
import org.apache.avro.specific.SpecificRecord;

/** What reading a record's bytes came to. */
public sealed interface Reading<T> {

    record Read<T>(T value) implements Reading<T> {}

    /** Never to be read: a dead letter. */
    record Unreadable<T>(String detail) implements Reading<T> {}

    /** Says nothing that is to be written, a tombstone say. */
    record Nothing<T>() implements Reading<T> {}

    /**
     * By the topic's codec.
     *
     * @throws io.tollgate.schemas.serde.RegistryException if the registry is needed and does not answer
     */
    static <T extends SpecificRecord> Reading<T> of(AvroCodec<T> codec, byte[] value) {
        try {
            return new Read<>(codec.decode(value));
        } catch (UnreadableRecordException e) {
            return new Unreadable<>(String.valueOf(e.getMessage()));
        }
    }
}
