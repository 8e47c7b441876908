package io.tollgate.bench.topology;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.bench.Reading;
import io.tollgate.bench.load.Catalog;
import io.tollgate.bench.process.Accounts;
import io.tollgate.bench.process.Drain;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.Workload;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.MeteringTopology;
import io.tollgate.streams.StreamsApplication;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The metering service as it ships: dedupe, rating and totals over events that it has never seen, with prices loaded. It
 * is stopped while a round's events are written, and timed until all of them are committed and no partial total waits. Its
 * state stays from round to round, so ids gather in it.
 */
final class Metering implements Workload {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Endpoints endpoints;
    private final Events load;
    private final EventTopic events;
    private final EventTopic partials;
    private final EventTopic rated;

    private Metering(Endpoints endpoints) throws Exception {
        this.endpoints = endpoints;
        this.load = new Events(endpoints);
        this.events = new EventTopic(endpoints.kafka(), Topics.USAGE_EVENTS.name());
        this.partials = new EventTopic(endpoints.kafka(), Topics.USAGE_PARTIALS.name());
        this.rated = new EventTopic(endpoints.kafka(), Topics.USAGE_RATED.name());
        Accounts accounts = new Accounts(endpoints);
        for (PriceTimeline timeline : Catalog.timelines()) {
            accounts.price(timeline);
        }
    }

    /** Makes it. */
    public static final class Maker implements Workload.Maker {
        @Override
        public Workload make(Endpoints endpoints) throws Exception {
            return new Metering(endpoints);
        }
    }

    @Override
    @SuppressWarnings("try") // the service is open while it is timed, and does the rest by itself
    public Reading run(int round, int count) throws Exception {
        long from = events.end();
        events.fill(count, load.source(1 + round));
        long to = from + count;
        long ratedBefore = rated.end();
        Reading reading;
        try (ConfigurableApplicationContext service =
                StreamsApplication.builder().run(arguments())) {
            reading = Drain.until(() -> position(to), from, to, LIMIT);
        }
        // The end of each transaction takes an offset too, so there may be more of them, never fewer.
        if (rated.end() - ratedBefore < count) {
            throw new IllegalStateException("of " + count + " events not all have a ledger row");
        }
        return reading;
    }

    private long position(long to) throws Exception {
        long committed = events.committed(MeteringTopology.APPLICATION_ID);
        return committed >= to && partialsWait() ? to - 1 : committed;
    }

    /** The last offset of a partition may be a transaction's end, which nobody commits. */
    private boolean partialsWait() throws Exception {
        return partials.committed(MeteringTopology.APPLICATION_ID) < partials.end() - EventTopic.PARTITIONS;
    }

    private String[] arguments() {
        return new String[] {
            "--kafka=" + endpoints.kafka(),
            "--registry=" + endpoints.registry(),
            "--server.port=0",
            "--logging.level.org.apache.kafka=ERROR",
            "--tollgate.threads=" + TopologyComparison.THREADS,
            "--tollgate.state-dir=" + Path.of("metering").toAbsolutePath()
        };
    }

    @Override
    public void close() {
        events.close();
        partials.close();
        rated.close();
    }
}
