package io.tollgate.chaos.load;

/** Hands out moments to begin at, evenly; those that nobody took in time are gone, so that no flood follows a halt. */
final class Pace {
    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private long next = System.nanoTime();

    Pace(int perSecond, int batch) {
        this.interval = SECOND * batch / perSecond;
    }

    /** Nanoseconds until the moment that is the caller's alone. */
    synchronized long untilNext() {
        long now = System.nanoTime();
        next = Math.max(next + interval, now);
        return next - now;
    }
}
