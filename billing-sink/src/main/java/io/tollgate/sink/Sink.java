package io.tollgate.sink;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.TopicSetup;
import io.tollgate.sink.consume.TopicConsumer;
import io.tollgate.sink.consume.TopicIdentities;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.dead.DeadLetterTopic;
import io.tollgate.sink.partition.DailyPartitions;
import io.tollgate.sink.partition.DailyTable;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts the sink: topics, schema, partitions, schema ids, then the consumers. Whatever server is not there yet is waited
 * for in the background; the process is up and not ready meanwhile.
 */
@Component
class Sink implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Sink.class);
    private static final long RETRY_SECONDS = 2;

    private final SinkSettings settings;
    private final HikariDataSource database;
    private final Admin admin;
    private final MeterRegistry meters;
    private final Clock clock;
    private final DailyPartitions ledger;
    private final DailyPartitions outcomes;
    private volatile @Nullable ScheduledExecutorService background;
    private @Nullable DeadLetterTopic deadLetters;
    private volatile List<TopicConsumer> consumers = List.of();
    private volatile @Nullable String waitingFor = "its start";

    Sink(SinkSettings settings, HikariDataSource database, Admin admin, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.admin = admin;
        this.meters = meters;
        this.clock = clock;
        ledger = new DailyPartitions(database, clock, new DailyTable("cost_calculations", settings.ledgerKept()));
        outcomes = new DailyPartitions(database, clock, new DailyTable("event_outcomes", settings.outcomesKept()));
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sink-background"));
        background = executor;
        executor.execute(this::open);
    }

    private synchronized void open() {
        ScheduledExecutorService executor = background;
        if (executor == null) {
            return;
        }
        try {
            consumers = prepared();
            consumers.forEach(TopicConsumer::start);
            waitingFor = null;
            Future<?> unused = executor.scheduleWithFixedDelay(this::keepPartitions, 0, 1, TimeUnit.HOURS);
        } catch (SQLException | RuntimeException e) {
            waitingFor = e.toString();
            log.warn("the sink can't start yet and tries again: {}", e.toString());
            Future<?> unused = executor.schedule(this::open, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private List<TopicConsumer> prepared() throws SQLException {
        new TopicSetup(admin, settings.partitions(), settings.replication()).run();
        if (settings.migrate()) {
            Database.migrate(database, settings.schema());
        }
        ledger.makeAhead();
        outcomes.makeAhead();
        SchemaRegistry registry = new SchemaRegistry(settings.registry());
        Codecs codecs = Codecs.settle(registry);
        if (deadLetters == null) {
            deadLetters = new DeadLetterTopic(settings.kafka(), codecs.dead());
        }
        return Writers.of(
                settings,
                database,
                new TopicIdentities(admin),
                meters,
                clock,
                codecs,
                registry,
                ledger,
                outcomes,
                deadLetters);
    }

    private void keepPartitions() {
        try {
            for (DailyPartitions table : List.of(ledger, outcomes)) {
                table.makeAhead();
                table.dropOld();
            }
        } catch (SQLException | RuntimeException e) {
            // There are days ahead: the next hour will do.
            log.warn("the partitions were not seen to: {}", e.toString());
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService executor = background;
        if (executor != null) {
            background = null;
            // Before the lock: whoever holds it may be waiting for a server.
            executor.shutdownNow();
        }
        close();
    }

    private synchronized void close() {
        consumers.parallelStream().forEach(TopicConsumer::stop);
        consumers = List.of();
        if (deadLetters != null) {
            deadLetters.close();
            deadLetters = null;
        }
        waitingFor = "its start";
    }

    @Override
    public boolean isRunning() {
        return background != null;
    }

    /** What keeps it from starting; null once it has. */
    @Nullable
    String waitingFor() {
        return waitingFor;
    }

    List<TopicConsumer> consumers() {
        return consumers;
    }
}
