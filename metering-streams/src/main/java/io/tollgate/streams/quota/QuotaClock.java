package io.tollgate.streams.quota;

import java.time.Duration;

/**
 * Which windows are over. While records come it is their time, the brokers', that says so: a task that is behind closes
 * each window when it has read what belongs to it. Where a whole tick goes by without a record, the task's clock says it,
 * set by the brokers': a window ends on time though nothing happens, and does not end early on a host that is ahead, where
 * what was used in it would be in no limit for a while. Never goes back.
 */
public final class QuotaClock {
    public static final Duration TICK = Duration.ofSeconds(1);

    /** A record that is older was waiting; it says nothing of clocks. */
    private static final long MOST_APART = Duration.ofMinutes(5).toMillis();

    private long now = Long.MIN_VALUE;
    /** How far the task's clock is ahead of the brokers', ms, as the freshest record shows; records take a moment. */
    private long ahead = MOST_APART;

    private boolean heardAny;
    private boolean quiet;

    /**
     * A record was read.
     *
     * @param timestamp the broker's, epoch ms
     * @param wallClockMs the task's, epoch ms
     */
    public void heard(long timestamp, long wallClockMs) {
        now = Math.max(now, timestamp * 1_000);
        ahead = Math.max(-MOST_APART, Math.min(ahead, wallClockMs - timestamp));
        heardAny = true;
        quiet = false;
    }

    /** One {@link #TICK} has gone by on the task's clock, epoch ms. */
    public void tick(long wallClockMs) {
        if (quiet) {
            now = Math.max(now, (wallClockMs - (heardAny ? ahead : 0)) * 1_000);
        }
        quiet = true;
    }

    /** Epoch µs. */
    public long now() {
        return now;
    }
}
