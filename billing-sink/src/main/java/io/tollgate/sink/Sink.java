package io.tollgate.sink;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.database.RootMessage;
import io.tollgate.schemas.lag.LagGauge;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.TopicSetup;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.consume.TopicConsumer;
import io.tollgate.sink.consume.TopicIdentities;
import io.tollgate.sink.dead.DeadLetterTopic;
import io.tollgate.sink.migration.Migrations;
import io.tollgate.sink.partition.DailyPartitions;
import io.tollgate.sink.stats.RollUps;
import io.tollgate.sink.upkeep.Kept;
import io.tollgate.sink.upkeep.Upkeep;
import io.tollgate.sink.webhook.Courier;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

    private final SinkSettings settings;
    private final HikariDataSource database;
    private final Admin admin;
    private final MeterRegistry meters;
    private final Clock clock;
    private final DailyPartitions ledger;
    private final DailyPartitions outcomes;
    private final Upkeep upkeep;
    private final TopicSetup topics;
    private volatile @Nullable ScheduledExecutorService background;
    private @Nullable DeadLetterTopic deadLetters;
    private @Nullable Courier courier;
    private @Nullable LagGauge lag;
    private volatile List<TopicConsumer> consumers = List.of();
    private volatile @Nullable String waitingFor = "not started yet";
    private int attempts;

    Sink(SinkSettings settings, HikariDataSource database, Admin admin, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.admin = admin;
        this.meters = meters;
        this.clock = clock;
        Gauge.builder("tollgate.ready", this, sink -> sink.complaints().isEmpty() ? 1 : 0)
                .description("Whether the service does its work; the sink's database is not asked")
                .register(meters);
        Kept kept = settings.kept();
        ledger = Upkeep.ledger(database, clock, kept);
        outcomes = Upkeep.outcomes(database, clock, kept);
        upkeep =
                new Upkeep(List.of(ledger, outcomes), Upkeep.rows(database, clock, kept), new RollUps(database, clock));
        topics = new TopicSetup(admin, settings.partitions(), settings.replication());
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
            lag = new LagGauge(admin, topicsByGroup(), meters);
            waitingFor = null;
            Future<?> unused = executor.scheduleWithFixedDelay(upkeep::run, 0, 1, TimeUnit.HOURS);
        } catch (SQLException | RuntimeException e) {
            if (background != executor) {
                // Stopped meanwhile: what was interrupted is no news.
                return;
            }
            attempts++;
            long seconds = StartRetry.waitAfter(attempts).toSeconds();
            String reason = RootMessage.of(e);
            waitingFor = reason;
            log.warn("the sink can't start yet (attempt {}, the next in {} s): {}", attempts, seconds, reason);
            log.debug("attempt {}", attempts, e);
            Future<?> unused = executor.schedule(this::open, seconds, TimeUnit.SECONDS);
        }
    }

    private Map<String, Set<String>> topicsByGroup() {
        return consumers.stream()
                .collect(Collectors.groupingBy(
                        TopicConsumer::group, Collectors.mapping(TopicConsumer::topic, Collectors.toSet())));
    }

    private List<TopicConsumer> prepared() throws SQLException {
        topics.run();
        Migrations migrations = new Migrations(database, settings.schema());
        if (settings.migrate()) {
            migrations.migrate();
        } else {
            migrations.requireCurrent();
        }
        ledger.ensureToday();
        outcomes.ensureToday();
        SchemaRegistry registry = new SchemaRegistry(settings.registryAddress());
        Codecs codecs = Codecs.settle(registry);
        if (deadLetters == null) {
            deadLetters = new DeadLetterTopic(settings.cluster(), codecs.dead());
        }
        Courier alerts = new Courier(
                settings.webhooks(),
                database,
                ConfigTable.start(Topics.CONFIG_WEBHOOKS, settings.cluster(), codecs.webhooks()),
                meters,
                clock);
        courier = alerts;
        alerts.start();
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
                deadLetters,
                alerts::wake);
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
        if (lag != null) {
            lag.close();
            lag = null;
        }
        consumers.parallelStream().forEach(TopicConsumer::stop);
        consumers = List.of();
        if (courier != null) {
            courier.close();
            courier = null;
        }
        if (deadLetters != null) {
            deadLetters.close();
            deadLetters = null;
        }
        waitingFor = "not started yet";
        attempts = 0;
    }

    @Override
    public boolean isRunning() {
        return background != null;
    }

    /** Why it does not do its work, by the part that does not; empty where it does. */
    Map<String, String> complaints() {
        Map<String, String> complaints = new TreeMap<>();
        String cause = waitingFor;
        if (cause != null) {
            complaints.put("sink", "waits: " + cause);
        }
        for (TopicConsumer consumer : consumers) {
            String complaint = consumer.status().complaint();
            if (complaint == null && !consumer.isRunning()) {
                complaint = "has stopped";
            }
            if (complaint != null) {
                complaints.put(consumer.status().name(), complaint);
            }
        }
        return complaints;
    }
}
