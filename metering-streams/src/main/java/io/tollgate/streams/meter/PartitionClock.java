package io.tollgate.streams.meter;

import java.time.Duration;

/**
 * What time it is in a partition of {@code usage.events}: the newest LogAppendTime seen. A deadline that this time has
 * passed has passed for every record still to come.
 *
 * <p>A partition that nothing is written to would stand still, and its corrections wait for ever. So after ten quiet
 * minutes the wall clock counts, less ten minutes. That never decides against a record that is already in the topic: a
 * task that has asked for records all that time and got none has none to get. The ten minutes less cover a difference
 * between this clock and the broker's, and a record that a transaction still hides. Quiet is counted in ticks that were
 * lived through, not as a difference of times: a process that was frozen for an hour has not listened for an hour.
 */
final class PartitionClock {
    static final Duration TICK = Duration.ofSeconds(1);
    static final Duration QUIET = Duration.ofMinutes(10);
    static final Duration MARGIN = Duration.ofMinutes(10);

    private static final long QUIET_TICKS = QUIET.dividedBy(TICK);

    private long newest = Long.MIN_VALUE;
    private long quietTicks;

    /** A record was read. */
    void heard(long appendedMs) {
        newest = Math.max(newest, appendedMs);
        quietTicks = 0;
    }

    /** One {@link #TICK} has gone by; gives the partition's time, epoch ms. */
    long tick(long wallClockMs) {
        quietTicks++;
        return quietTicks > QUIET_TICKS ? Math.max(newest, wallClockMs - MARGIN.toMillis()) : newest;
    }
}
