package io.tollgate.gateway.backbone;

import io.tollgate.schemas.background.Background;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers every second whether they are there, keeps the producers' knowledge of their topics fresh, and has a new
 * producer made where it delivers no more; for each topic that is written to by itself.
 */
final class BrokerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration SOON = Duration.ofMillis(50);

    private final Admin admin;
    private final List<Watched> watched;
    private final Background background = new Background("broker watch", this::run);

    /**
     * A producer that is looked after.
     *
     * @param acks told whether it can be counted on
     */
    record Watched(TopicProducer producer, Acks acks) {
        /** False where it has yet to ask where its topic is, or can't. */
        boolean probe(boolean answers, long begun) {
            boolean known = answers && isThere() && producer.knowsTopic();
            acks.probed(known, begun);
            return known;
        }

        private boolean isThere() {
            try {
                producer.renewIfEnded();
                return true;
            } catch (KafkaException e) {
                LOG.warn("no new producer: {}", e.toString());
                return false;
            }
        }
    }

    BrokerWatch(Admin admin, Watched... watched) {
        this.admin = admin;
        this.watched = List.of(watched);
    }

    void start() {
        background.start();
    }

    @Override
    public void close() {
        background.interrupt();
    }

    private void run() {
        Duration pause;
        try {
            do {
                long begun = System.nanoTime();
                boolean answers = answers();
                boolean allKnown = true;
                for (Watched each : watched) {
                    allKnown &= each.probe(answers, begun);
                }
                // They answer, and a producer is only just asking where its topic is.
                pause = answers && !allKnown ? SOON : INTERVAL;
            } while (background.pause(pause));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
