package io.tollgate.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tollgate.schemas.kafka.FailureText;
import io.tollgate.schemas.lag.LagGauge;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.TopicSetup;
import io.tollgate.streams.meter.OutcomeMetrics;
import io.tollgate.streams.store.RocksMemory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs the topology for as long as the application runs. Kafka and the registry may come up later than this: it asks
 * again until both answer, and is not ready until then. On a stop it finishes the open transaction and stays a member of
 * the group, so that a restart costs no rebalance.
 */
@Component
final class MeteringService implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MeteringService.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    /** Every five seconds. */
    private static final int LOOKS_FOR_HANGS = 100;

    private static final int ADMIN_TIMEOUT_MS = 5_000;

    private final StreamsSettings settings;
    private final MeterRegistry metrics;
    private final LastResort lastResort;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile String condition = "not started";
    private volatile @Nullable Thread runner;
    private volatile @Nullable KafkaStreams streams;

    MeteringService(StreamsSettings settings, MeterRegistry metrics, LastResort lastResort) {
        this.settings = settings;
        this.metrics = metrics;
        this.lastResort = lastResort;
        Gauge.builder("tollgate.ready", this, service -> service.isProcessing() ? 1 : 0)
                .description("Whether every thread of the topology processes")
                .register(metrics);
    }

    /** Whether every thread processes, none restores or waits for its partitions. */
    boolean isProcessing() {
        KafkaStreams own = streams;
        return own != null && own.state() == KafkaStreams.State.RUNNING;
    }

    /** What it is doing, for people. */
    String condition() {
        KafkaStreams own = streams;
        return own == null ? condition : own.state().name();
    }

    @Override
    public synchronized void start() {
        stopping = new CountDownLatch(1);
        Thread thread = new Thread(this::run, "metering");
        runner = thread;
        thread.start();
    }

    @Override
    public synchronized void stop() {
        Thread thread = runner;
        if (thread == null) {
            return;
        }
        stopping.countDown();
        try {
            thread.join(CLOSE_LIMIT.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runner = null;
    }

    @Override
    public boolean isRunning() {
        return runner != null;
    }

    private void run() {
        try {
            StateFolder folder = new StateFolder(settings.stateDir());
            if (runUntilStopped(folder.open())) {
                folder.closed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            condition = "failed: " + e.getMessage();
            LOG.error("the topology does not run", e);
        }
    }

    /**
     * Gives whether all stores are closed.
     *
     * @param wereClosed whether they are to begin with: else nothing in them is of use
     */
    private boolean runUntilStopped(boolean wereClosed) throws InterruptedException {
        FailurePolicy policy = new FailurePolicy(Clock.systemUTC());
        boolean areClosed = wereClosed;
        try (RocksMemory memory = new RocksMemory((long) settings.storeMemoryMb() << 20)) {
            Topology topology = prepare();
            while (topology != null) {
                Run run = runOnce(topology, memory, areClosed);
                areClosed = run.isClosed();
                topology = areClosed && !isStopping() && mayGoOn(policy, run) ? prepare() : null;
            }
        }
        return areClosed;
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private boolean mayGoOn(FailurePolicy policy, Run run) throws InterruptedException {
        Duration pause = policy.failed(run.failure());
        if (pause == null) {
            condition = "stopped: failed more than " + FailurePolicy.MOST_FAILURES + " times within "
                    + FailurePolicy.WINDOW;
            LOG.error("the topology is {}", condition);
            return false;
        }
        return !stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Topics and schemas, as soon as Kafka and the registry give them; null where a stop came first. */
    private @Nullable Topology prepare() throws InterruptedException {
        condition = "waiting for Kafka and the registry";
        do {
            try (Admin admin = Admin.create(adminProperties())) {
                new TopicSetup(admin, settings.partitions(), settings.replication()).run();
                return MeteringTopology.of(new SchemaRegistry(settings.registryAddress()), new OutcomeMetrics(metrics));
            } catch (KafkaException e) {
                waitFor("Kafka at " + settings.cluster(), e);
            } catch (RegistryException e) {
                waitFor("the registry at " + settings.registryAddress(), e);
            }
        } while (!stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
        return null;
    }

    private void waitFor(String server, RuntimeException failure) {
        condition = "waiting for " + server + ": " + FailureText.of(failure);
        LOG.warn("{}", condition);
    }

    /**
     * A run of the topology that is over.
     *
     * @param failure that ended it; null where it was to stop
     * @param isClosed whether all stores are closed
     */
    private record Run(@Nullable Throwable failure, boolean isClosed) {}

    /**
     * Runs it until it fails or is to stop.
     *
     * @param isKept whether the state in the folder is of any use
     */
    private Run runOnce(Topology topology, RocksMemory memory, boolean isKept) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        KafkaStreams own = new KafkaStreams(topology, StreamsProperties.of(settings, memory), new StreamClients());
        own.setUncaughtExceptionHandler(failure -> {
            LOG.error("the topology has failed; it is started again", failure);
            failed.compareAndSet(null, failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        own.setStateListener((now, before) -> {
            LOG.info("topology: {} → {}", before, now);
            if (now.hasCompletedShutdown()) {
                ended.countDown();
            }
        });
        boolean isClosed = false;
        try (KafkaStreamsMetrics meters = new KafkaStreamsMetrics(own);
                Admin admin = Admin.create(adminProperties())) {
            meters.bindTo(metrics);
            if (!isKept) {
                own.cleanUp();
            }
            streams = own;
            own.start();
            awaitEnd(own, admin, failed, ended);
        } finally {
            isClosed = own.close(CloseOptions.timeout(CLOSE_LIMIT)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
            streams = null;
        }
        return new Run(failed.get(), isClosed);
    }

    private void awaitEnd(
            KafkaStreams own, Admin admin, AtomicReference<@Nullable Throwable> failed, CountDownLatch ended)
            throws InterruptedException {
        LagGauge lag = new LagGauge(admin, Map.of(MeteringTopology.APPLICATION_ID, MeteringTopology.topics()), metrics);
        HangWatch watch = new HangWatch(System::nanoTime);
        try {
            boolean hasEnded = false;
            for (int look = 1; !hasEnded && !isStopping(); look++) {
                hasEnded = ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (!hasEnded && look % LOOKS_FOR_HANGS == 0) {
                    String hangs = watch.look(failed.get() != null, silentSeconds(own));
                    if (hangs != null) {
                        lastResort.end(hangs);
                    }
                }
            }
        } finally {
            lag.close();
        }
    }

    /** Since that thread asked for records that has not asked for longest; below 0 where none ever has. */
    private static double silentSeconds(KafkaStreams own) {
        return own.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-poll-seconds-ago"))
                .filter(metric -> {
                    String client = String.valueOf(metric.metricName().tags().get("client-id"));
                    // Not those that restore: where there is nothing to restore they ask for nothing.
                    return client.endsWith("-consumer") && !client.endsWith("-restore-consumer");
                })
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .max()
                .orElse(-1);
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> admin = settings.cluster().settings();
        admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        return admin;
    }
}
