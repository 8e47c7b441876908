package io.tollgate.schemas.lag;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tollgate.schemas.background.Background;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code tollgate_consumer_lag_records}, by group and topic. A thread of its own asks the brokers, so that a scrape never
 * waits for them; while they don't answer there are no series, since what is not known is not 0.
 */
public final class LagGauge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LagGauge.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Admin admin;
    private final Map<String, Set<String>> topics;
    private final MultiGauge gauge;
    private final Background background = new Background("lag gauge", this::run);

    /**
     * Begins to ask.
     *
     * @param topics of each group
     */
    public LagGauge(Admin admin, Map<String, Set<String>> topics, MeterRegistry meters) {
        this.admin = admin;
        this.topics = topics;
        this.gauge = MultiGauge.builder("tollgate.consumer.lag")
                .description("Records that a consumer group has yet to read")
                .baseUnit("records")
                .register(meters);
        background.start();
    }

    @Override
    public void close() {
        background.interrupt();
        background.await(EVERY);
        gauge.register(List.of(), true);
    }

    private void run() {
        do {
            refresh();
        } while (background.pause(EVERY));
    }

    private void refresh() {
        try {
            gauge.register(
                    GroupLag.read(admin, topics).stream()
                            .map(lag -> MultiGauge.Row.of(
                                    Tags.of("group", lag.group(), "topic", lag.topic()), lag.records()))
                            .toList(),
                    true);
        } catch (RuntimeException e) {
            // Readiness says that the brokers are away. A thread that ends would leave old numbers standing.
            LOG.debug("how far groups are behind is not known: {}", e.toString());
            gauge.register(List.of(), true);
        }
    }
}
