package io.tollgate.sink.batch;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record and what it says. */
public record Received<T>(ConsumerRecord<byte[], byte[]> origin, T value) {

    /** When the broker got it, epoch µs. */
    public long appendedAt() {
        return origin.timestamp() * 1_000;
    }
}
