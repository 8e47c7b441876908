package io.tollgate.streams.quota;

import java.time.Duration;

/**
 * Which windows are over. While records come it is their time, the brokers', that says so: a task that is behind closes
 * each window when it has read what belongs to it, and a clock of its own that runs ahead closes none early. Where a whole
 * tick goes by without a record, the task's clock says it: a window ends on time though nothing happens. Never goes back.
 *
 * <p>To be wrong by a little costs nothing but a line: what comes for a window that is over counts in that window, and
 * its record in {@code quota.resets} is written again.
 */
public final class QuotaClock {
    public static final Duration TICK = Duration.ofSeconds(1);

    private long now = Long.MIN_VALUE;
    private boolean quiet = true;

    /**
     * A record was read.
     *
     * @param timestamp the broker's, epoch ms
     */
    public void heard(long timestamp) {
        now = Math.max(now, timestamp * 1_000);
        quiet = false;
    }

    /** One {@link #TICK} has gone by on the task's clock, epoch ms. */
    public void tick(long wallClockMs) {
        if (quiet) {
            now = Math.max(now, wallClockMs * 1_000);
        }
        quiet = true;
    }

    /** Epoch µs. */
    public long now() {
        return now;
    }
}
