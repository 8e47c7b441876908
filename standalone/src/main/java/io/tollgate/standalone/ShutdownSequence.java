package io.tollgate.standalone;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, closed in the order of {@link Rank} whatever the order of the starts. One part that hangs or fails
 * does not keep the next from closing: all of them survive being killed, an orderly end only makes the next start faster.
 */
final class ShutdownSequence {
    private static final Logger log = LoggerFactory.getLogger(ShutdownSequence.class);

    private final List<Part> parts = new CopyOnWriteArrayList<>();

    /** Writers before what they write to. */
    enum Rank {
        WATCH(12),
        GATEWAY(16),
        STREAMS(20),
        SINK(16),
        USAGE_API(16),
        KAFKA(25),
        REGISTRY(5),
        POSTGRES(35),
        LOCK(1);

        private final Duration limit;

        Rank(int limitSeconds) {
            this.limit = Duration.ofSeconds(limitSeconds);
        }
    }

    private record Part(Rank rank, AutoCloseable closeable) {}

    void add(Rank rank, AutoCloseable closeable) {
        parts.add(new Part(rank, closeable));
    }

    /** Says whether every part ended in an orderly way. */
    synchronized boolean close() {
        List<Part> inOrder =
                parts.stream().sorted(Comparator.comparing(Part::rank)).toList();
        parts.clear();
        boolean clean = true;
        for (Part part : inOrder) {
            clean &= close(part);
        }
        return clean;
    }

    private static boolean close(Part part) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            part.closeable().close();
            return null;
        });
        Thread thread = new Thread(task, "stop-" + part.rank());
        thread.setDaemon(true);
        long start = System.nanoTime();
        thread.start();
        try {
            task.get(part.rank().limit.toSeconds(), TimeUnit.SECONDS);
            log.info("{} stopped in {} ms", part.rank(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            return true;
        } catch (ExecutionException e) {
            log.error("{} did not stop in an orderly way", part.rank(), e.getCause());
        } catch (TimeoutException e) {
            log.error("{} did not stop within {}", part.rank(), part.rank().limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
