package io.tollgate.bench.process;

import io.tollgate.bench.Reading;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times a service that works off what waits for it, by how far it says that it has got, committed. The clock starts at
 * the first progress that is seen, so a start, a rebalance or a join is not in the reading, and what was done until then
 * is not counted.
 */
public final class Drain {
    private static final long POLL_MILLIS = 10;

    private Drain() {}

    /** How far it has got. */
    @FunctionalInterface
    public interface Position {
        long now() throws Exception;
    }

    /**
     * Returns when the position has reached {@code to}.
     *
     * @param from where it stands before it has done anything
     * @throws IllegalStateException if that takes longer than {@code limit}
     */
    public static Reading until(Position position, long from, long to, Duration limit) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        @Nullable Stopwatch watch = null;
        long first = from;
        while (true) {
            long now = position.now();
            if (watch == null && now > from) {
                watch = Stopwatch.start();
                first = now;
            }
            if (now >= to) {
                if (watch == null || now == first) {
                    throw new IllegalStateException("it was over before it could be timed: take more events");
                }
                return watch.read(now - first);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("after " + limit + " it stands at " + now + " and not at " + to);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
