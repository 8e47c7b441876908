package io.tollgate.sink.dead;

import io.tollgate.avro.DeadLetter;
import io.tollgate.schemas.DeadLetterKey;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.schemas.trace.TraceContext;
import io.tollgate.sink.batch.DeadLetters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Produces dead letters to {@code usage.dead} and waits for every ack. One batch at a time: dead letters are rare. */
public final class DeadLetterTopic implements DeadLetters, AutoCloseable {
    /** Under the database's limit for an idle transaction, in which this wait lies. */
    private static final int DELIVERY_TIMEOUT_MS = 20_000;

    private final AvroCodec<DeadLetter> codec;
    private final Map<String, Object> settings;
    private @Nullable Producer<byte[], byte[]> producer;

    public DeadLetterTopic(KafkaCluster kafka, AvroCodec<DeadLetter> codec) {
        this.codec = codec;
        this.settings = kafka.settings();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "billing-sink-dead-letters");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    }

    /** After a failure with a new producer: the old one may be in a state in which every send fails for good. */
    @Override
    public synchronized void keep(List<Letter> letters) {
        Producer<byte[], byte[]> own = producer == null
                ? new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())
                : producer;
        producer = own;
        try {
            keep(letters, own);
        } catch (RuntimeException e) {
            producer = null;
            own.close(Duration.ZERO);
            throw e;
        }
    }

    private void keep(List<Letter> letters, Producer<byte[], byte[]> own) {
        List<Future<RecordMetadata>> acks = new ArrayList<>(letters.size());
        letters.forEach(letter -> acks.add(own.send(record(letter))));
        for (int i = 0; i < acks.size(); i++) {
            try {
                await(acks.get(i));
            } catch (RecordTooLargeException e) {
                await(own.send(record(withoutOriginal(letters.get(i)))));
            }
        }
    }

    /** Under the key and in the trace of what it is about; a key that alone would make it too large is left out. */
    ProducerRecord<byte[], byte[]> record(Letter letter) {
        TraceContext trace = TraceContext.of(letter.origin().headers());
        return new ProducerRecord<>(
                Topics.USAGE_DEAD.name(),
                null,
                DeadLetterKey.of(letter.origin().key()),
                codec.encode(letter.letter()),
                trace == null ? null : trace.headers());
    }

    /** A record at the broker's limit does not fit into a dead letter; it stays readable where it lies. */
    private static Letter withoutOriginal(Letter letter) {
        DeadLetter kept = letter.letter();
        return new Letter(
                letter.origin(),
                DeadLetter.newBuilder(kept)
                        .setOriginal(null)
                        .setDetail(kept.getDetail() + "; the original is too large to be kept here")
                        .build());
    }

    private static void await(Future<RecordMetadata> ack) {
        try {
            ack.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException tooLarge) {
                throw tooLarge;
            }
            throw new KafkaException("a dead letter was not kept: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted before a dead letter was kept", e);
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
