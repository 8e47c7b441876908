package io.tollgate.usageapi.live;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the reader and the watch, and ends all streams before the HTTP server begins to wait for its requests to end: a
 * stream would not end by itself.
 */
final class LiveLifecycle implements SmartLifecycle {
    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(10);

    private final LiveReader reader;
    private final LiveStreams streams;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "live watch");
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile boolean isRunning;

    LiveLifecycle(LiveReader reader, LiveStreams streams) {
        this.reader = reader;
        this.streams = streams;
    }

    @Override
    public void start() {
        isRunning = true;
        reader.start();
        var unused =
                watch.scheduleWithFixedDelay(streams::watch, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        isRunning = false;
        streams.stop();
        watch.shutdownNow();
        reader.close();
        long deadline = System.nanoTime() + ENDED_WITHIN.toNanos();
        while (!streams.areAllClosed() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        streams.abort();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /** The last to start and the first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
