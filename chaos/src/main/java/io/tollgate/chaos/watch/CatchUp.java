package io.tollgate.chaos.watch;

import java.time.Duration;

/**
 * How the sink took in what had gathered in {@code usage.rated} while it could write nothing.
 *
 * @param behind records, at the moment from which it could write again
 * @param took from then until it was less than a second of the load behind
 * @param perSecond records that it took in meanwhile, each second
 * @param live records that came each second of the outage
 */
public record CatchUp(long behind, Duration took, long perSecond, long live) {
    private static final int MILLIS = 1_000;

    static CatchUp of(long behind, long taken, long live, long millis) {
        return new CatchUp(behind, Duration.ofMillis(millis), taken * MILLIS / Math.max(1, millis), live);
    }

    /** How many times as fast as the load. */
    public double ratio() {
        return (double) perSecond / Math.max(1, live);
    }
}
