package io.tollgate.gateway.backbone;

import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of one topic that event loops write to, and the next one where it has come to an end. Without transactions
 * the client gets over almost everything by itself: lost sequences, brokers that forgot it, time-outs. What it does not
 * get over, such as a new producer id that was refused, leaves it in a state in which every {@code send} fails for good.
 */
final class TopicProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicProducer.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    /**
     * Callers are event loops, which must not wait inside {@code send}: the topic is known and memory is there, or it
     * fails at once. (A client that has lost all brokers forgets its topics, and would wait at each record.)
     */
    private static final int MAX_BLOCK_MS = 0;
    /** Under the HTTP limit of 10 s, so that a client hears of it. */
    private static final int DELIVERY_TIMEOUT_MS = 8_000;

    private static final int REQUEST_TIMEOUT_MS = 3_000;

    private final Topic topic;
    private final Map<String, Object> settings;
    private volatile Producer<byte[], byte[]> current;
    private volatile @Nullable Producer<byte[], byte[]> ended;
    private boolean closed;

    /**
     * Makes the first producer.
     *
     * @param more settings of this topic's; that it is acknowledged by all copies and idempotent is none of them
     */
    TopicProducer(Topic topic, KafkaCluster kafka, String clientId, Map<String, ?> more) {
        this.topic = topic;
        this.settings = settings(kafka, clientId, more);
        this.current = new KafkaProducer<>(settings);
    }

    Producer<byte[], byte[]> current() {
        return current;
    }

    /** Told of everything that a producer failed with. */
    void failed(Producer<byte[], byte[]> producer, Exception failure) {
        if (isTheEnd(failure)) {
            ended = producer;
        }
    }

    /** Whether {@code send} knows where the topic is; where not, it begins to ask. */
    boolean knowsTopic() {
        Producer<byte[], byte[]> own = current;
        try {
            return !own.partitionsFor(topic.name()).isEmpty();
        } catch (KafkaException | IllegalStateException e) {
            failed(own, e);
            return false;
        }
    }

    /**
     * Puts a new producer in the place of one that has ended. What the old one still holds fails at once. Waits, so not
     * for an event loop.
     */
    synchronized void renewIfEnded() {
        Producer<byte[], byte[]> old = current;
        if (closed || ended != old) {
            return;
        }
        LOG.warn("the producer of {} delivers no more and is made anew", topic.name());
        current = new KafkaProducer<>(settings);
        old.close(Duration.ZERO);
    }

    /** Waits for what is under way. */
    @Override
    public synchronized void close() {
        closed = true;
        current.close(CLOSE);
    }

    /**
     * Whether no send of the same producer can succeed after {@code failure}. Brokers answer with {@link ApiException}s,
     * each about its batch alone; the client's own exceptions speak of its state, as does having been fenced.
     */
    static boolean isTheEnd(Exception failure) {
        if (failure instanceof ApiException) {
            return failure instanceof ProducerFencedException;
        }
        if (failure instanceof InterruptException || failure instanceof SerializationException) {
            return false;
        }
        return failure instanceof KafkaException || failure instanceof IllegalStateException;
    }

    private static Map<String, Object> settings(KafkaCluster kafka, String clientId, Map<String, ?> more) {
        Map<String, Object> settings = kafka.settings();
        settings.putAll(more);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return settings;
    }
}
