package io.tollgate.sink.batch;

import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.Reading.Read;
import io.tollgate.sink.batch.Reading.Unreadable;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of a topic whose keys name rows.
 *
 * @param after what the row holds from now on; null: it is gone
 */
public record Change<V>(@Nullable V after) {

    /**
     * By the topic's codec; a tombstone takes the row away.
     *
     * @throws io.tollgate.schemas.serde.RegistryException if the registry is needed and does not answer
     */
    public static <V extends SpecificRecord> Reading<Change<V>> read(AvroCodec<V> codec, Received<byte[]> received) {
        if (received.origin().key() == null) {
            return new Unreadable<>("a record of " + received.origin().topic() + " without a key");
        }
        if (received.origin().value() == null) {
            return new Read<>(new Change<>(null));
        }
        Reading<V> reading = Reading.of(codec, received.value());
        return reading instanceof Read<V> readable
                ? new Read<>(new Change<>(readable.value()))
                : new Unreadable<>(reading instanceof Unreadable<V> failed ? failed.detail() : "nothing");
    }
}
