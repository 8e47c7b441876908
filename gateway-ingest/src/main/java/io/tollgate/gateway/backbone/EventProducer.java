package io.tollgate.gateway.backbone;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of events, and the next one where it has come to an end. Without transactions the client gets over almost
 * everything by itself: lost sequences, brokers that forgot it, time-outs. What it does not get over, such as a new
 * producer id that was refused, leaves it in a state in which every {@code send} fails for good.
 */
final class EventProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventProducer.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Map<String, Object> settings;
    private volatile Producer<byte[], byte[]> current;
    private volatile @Nullable Producer<byte[], byte[]> ended;
    private boolean closed;

    EventProducer(Map<String, Object> settings) {
        this.settings = settings;
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

    /**
     * Puts a new producer in the place of one that has ended. What the old one still holds fails at once: its senders
     * send again, and their events are known by their ids. Waits, so not for an event loop.
     */
    synchronized void renewIfEnded() {
        Producer<byte[], byte[]> old = current;
        if (closed || ended != old) {
            return;
        }
        LOG.warn("the producer of events delivers no more and is made anew");
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
}
