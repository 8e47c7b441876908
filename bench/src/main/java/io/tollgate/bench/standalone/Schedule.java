package io.tollgate.bench.standalone;

import java.util.concurrent.TimeUnit;

/**
 * When the next batch is due at a rate that may change. Whoever is late catches up on a second at most: a rate that can't
 * be kept is then missed, and not made up for when it no longer matters. Thread-safe.
 */
final class Schedule {
    private static final long CATCH_UP = TimeUnit.SECONDS.toNanos(1);

    private long interval = Long.MAX_VALUE;
    private long due;

    /**
     * From now on so many a second.
     *
     * @param perSecond 0: none
     */
    synchronized void rate(double perSecond, long now) {
        interval = perSecond == 0 ? Long.MAX_VALUE : (long) (1e9 / perSecond);
        due = now;
    }

    /** Whether there is a rate. */
    synchronized boolean isRunning() {
        return interval != Long.MAX_VALUE;
    }

    /** When the next one is due, in {@link System#nanoTime}; {@link Long#MAX_VALUE}: there is none. */
    synchronized long next(long now) {
        if (interval == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        due = Math.max(due, now - CATCH_UP);
        long taken = due;
        due += interval;
        return taken;
    }
}
