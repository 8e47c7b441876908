package io.tollgate.gateway.backbone;

import io.tollgate.avro.Reservation;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Where granted and released admissions are written, each by itself and at once. No thread waits. Of one company they
 * are read in the order in which they were written.
 */
final class ReservationLog implements AutoCloseable {
    private final AvroCodec<Reservation> codec;
    private final Acks acks;
    private final TopicProducer producer;

    ReservationLog(KafkaCluster kafka, AvroCodec<Reservation> codec, Acks acks) {
        this.codec = codec;
        this.acks = acks;
        this.producer = new TopicProducer(
                Topics.QUOTA_RESERVATIONS,
                kafka,
                "tollgate-gateway-reservations",
                Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
    }

    /** Completes on the producer's own thread, or on the caller's: don't work there. */
    CompletableFuture<Delivery> append(Reservation reservation) {
        Producer<byte[], byte[]> own = producer.current();
        Attempt attempt = new Attempt(own);
        byte[] key = reservation.getCompany().getBytes(StandardCharsets.UTF_8);
        try {
            // Heard of by the callback.
            Future<RecordMetadata> unused = own.send(
                    new ProducerRecord<>(Topics.QUOTA_RESERVATIONS.name(), key, codec.encode(reservation)), attempt);
        } catch (RuntimeException e) {
            attempt.failed(e);
        }
        attempt.caller = null;
        return attempt.result;
    }

    /** For whoever looks after it. */
    TopicProducer producer() {
        return producer;
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        producer.close();
    }

    private final class Attempt implements Callback {
        final CompletableFuture<Delivery> result = new CompletableFuture<>();
        /** Null once {@code send} has come back. What fails on its thread before that never went into a batch. */
        volatile @Nullable Thread caller = Thread.currentThread();

        private final Producer<byte[], byte[]> own;

        Attempt(Producer<byte[], byte[]> own) {
            this.own = own;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                failed(failure);
            } else {
                acks.succeeded();
                result.complete(Delivery.ACKNOWLEDGED);
            }
        }

        void failed(Exception failure) {
            acks.failed(failure);
            producer.failed(own, failure);
            result.complete(Thread.currentThread().equals(caller) ? Delivery.NOT_SENT : Delivery.UNKNOWN);
        }
    }
}
