package io.tollgate.gateway.backbone;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers every second whether they are there, keeps the producer's knowledge of its topic fresh, and has a new
 * producer made where it delivers no more.
 */
final class BrokerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration SOON = Duration.ofMillis(50);

    private final Admin admin;
    private final EventLog events;
    private final Acks acks;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "broker watch");

    BrokerWatch(Admin admin, EventLog events, Acks acks) {
        this.admin = admin;
        this.events = events;
        this.acks = acks;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void run() {
        Duration pause;
        try {
            do {
                long begun = System.nanoTime();
                boolean answers = answers();
                boolean known = answers && hasProducer() && events.knowsTopic();
                acks.probed(known, begun);
                // They answer, and the producer is only just asking where the topic is.
                pause = answers && !known ? SOON : INTERVAL;
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasProducer() {
        try {
            events.producer().renewIfEnded();
            return true;
        } catch (KafkaException e) {
            LOG.warn("no new producer: {}", e.toString());
            return false;
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        }
    }
}
