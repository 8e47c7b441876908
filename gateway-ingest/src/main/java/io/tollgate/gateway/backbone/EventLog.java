package io.tollgate.gateway.backbone;

import io.tollgate.avro.Submission;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.schemas.trace.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Where accepted events go. An append is acknowledged when the brokers have every record of it on all in-sync copies
 * ({@code acks=all}, idempotent); no thread waits for that. An append that fails may still have left some records: to
 * send the same events again is safe, they are known by their ids.
 */
public final class EventLog implements AutoCloseable {
    private static final int BATCH_BYTES = 128 << 10;

    /** One record to be. */
    public interface Entry {
        byte[] key();

        Submission submission();

        /** Which trace it is part of, where it says so itself. */
        default @Nullable TraceContext trace() {
            return null;
        }
    }

    private final AvroCodec<Submission> codec;
    private final Acks acks;
    private final TopicProducer producer;

    EventLog(KafkaCluster kafka, AvroCodec<Submission> codec, Acks acks, Duration linger, long inFlightBytes) {
        this.codec = codec;
        this.acks = acks;
        this.producer = new TopicProducer(
                Topics.USAGE_EVENTS, kafka, "tollgate-gateway-events", settings(linger, inFlightBytes));
    }

    /**
     * Sends the records; true once all of them are acknowledged, false as soon as that can no longer be. Completes on
     * the producer's own thread: don't work there.
     *
     * @param trace of those that name none
     */
    public CompletableFuture<Boolean> append(List<? extends Entry> entries, @Nullable TraceContext trace) {
        Producer<byte[], byte[]> own = producer.current();
        Delivery delivery = new Delivery(entries.size(), own);
        for (Entry entry : entries) {
            try {
                // Heard of by the callback.
                Future<RecordMetadata> unused = own.send(record(entry, trace), delivery);
            } catch (KafkaException | IllegalStateException e) {
                delivery.failed(e);
                break;
            }
        }
        return delivery.result;
    }

    private ProducerRecord<byte[], byte[]> record(Entry entry, @Nullable TraceContext ofRequest) {
        TraceContext own = entry.trace();
        TraceContext trace = own == null ? ofRequest : own;
        return new ProducerRecord<>(
                Topics.USAGE_EVENTS.name(),
                null,
                entry.key(),
                codec.encode(entry.submission()),
                trace == null ? null : trace.headers());
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

    private static Map<String, Object> settings(Duration linger, long inFlightBytes) {
        return Map.of(
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                linger.toMillis(),
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                // Twice what is let in, and some for batches that are not full: send() must not wait for memory.
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2 * inFlightBytes + (32L << 20));
    }

    /** The acks of one append: counted down by the producer's thread, and by the caller's where {@code send} fails. */
    private final class Delivery implements Callback {
        final CompletableFuture<Boolean> result = new CompletableFuture<>();
        private final AtomicInteger missing;
        private final Producer<byte[], byte[]> own;

        Delivery(int count, Producer<byte[], byte[]> own) {
            this.missing = new AtomicInteger(count);
            this.own = own;
            if (count == 0) {
                result.complete(true);
            }
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                failed(failure);
            } else if (missing.decrementAndGet() == 0) {
                acks.succeeded();
                result.complete(true);
            }
        }

        void failed(Exception failure) {
            acks.failed(failure);
            producer.failed(own, failure);
            result.complete(false);
        }
    }
}
