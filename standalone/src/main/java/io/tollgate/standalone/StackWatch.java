package io.tollgate.standalone;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedPostgres;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a running stack. A PostgreSQL that died is started again: the sink and the readers wait for it and nothing
 * is lost meanwhile, while ending the process would stop ingest for no reason. It is given up after a few times. A broker
 * that can't go on shares this JVM and can't be started twice in it, so then the process has to end.
 */
final class StackWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StackWatch.class);

    private static final int POSTGRES_RESTARTS = 5;
    private static final long INTERVAL_SECONDS = 3;
    private static final long RESTART_LIMIT_SECONDS = 10;

    private final EmbeddedPostgres postgres;
    private final PortPlan ports;
    private final StackListener listener;
    private final CompletableFuture<String> failure;
    private final Readiness readiness;
    private final Set<Service> notReady = EnumSet.noneOf(Service.class);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });
    private int restarts;

    /** @param failure completed with the reason once the stack can't go on */
    StackWatch(
            EmbeddedKafka kafka,
            EmbeddedPostgres postgres,
            PortPlan ports,
            Readiness readiness,
            StackListener listener,
            CompletableFuture<String> failure) {
        this.postgres = postgres;
        this.ports = ports;
        this.readiness = readiness;
        this.listener = listener;
        this.failure = failure;
        CompletableFuture<Void> unused =
                kafka.fault().thenAccept(fault -> failure.complete("Kafka can't go on: " + Blame.of(fault)));
    }

    void start() {
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::look, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            lookAfterPostgres();
            for (Service service : Service.values()) {
                ask(service);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("the watch failed to look", e);
        }
    }

    private void lookAfterPostgres() {
        if (isAlive(postgres.pid())) {
            return;
        }
        if (restarts == POSTGRES_RESTARTS) {
            failure.complete("PostgreSQL died again and was already started anew " + restarts + " times.");
            return;
        }
        restarts++;
        listener.notice("PostgreSQL died; starting it again. Events are taken meanwhile and are booked afterwards.");
        try {
            postgres.restart();
            listener.notice("PostgreSQL runs again.");
        } catch (RuntimeException e) {
            log.error("PostgreSQL could not be started again", e);
            failure.complete("PostgreSQL died and could not be started again: " + Blame.of(e));
        }
    }

    private void ask(Service service) throws InterruptedException {
        Readiness.Probe probe = readiness.ask(service.url(ports));
        if (!probe.isUp() && notReady.add(service)) {
            listener.notice(service.title() + " is not ready: " + probe.detail());
        } else if (probe.isUp() && notReady.remove(service)) {
            listener.notice(service.title() + " is ready again.");
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** Waits for a restart that is under way: a server that it started must not outlive the stack. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(RESTART_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.error("PostgreSQL is still being started again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
