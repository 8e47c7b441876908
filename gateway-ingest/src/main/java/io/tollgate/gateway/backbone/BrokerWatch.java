package io.tollgate.gateway.backbone;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Asks the brokers every second whether they are there, and keeps the producer's knowledge of its topic fresh. */
final class BrokerWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMillis(1500);

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
        try {
            do {
                long begun = System.nanoTime();
                acks.probed(answers(), begun);
            } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            boolean nodes = !admin.describeCluster()
                    .nodes()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
            events.prepare();
            return nodes;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        }
    }
}
