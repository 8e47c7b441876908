package io.tollgate.streams;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the topology hangs: a thread does not come back, out of native code say, where nothing in this process can
 * get it. It is not enough to be slow: a machine that slept for an hour goes on at once.
 */
final class HangWatch {
    /** Longer than any wait for a broker. So long a thread is also believed to be alive by the group. */
    static final Duration MOST_SILENT = Duration.ofMinutes(2);

    /** For the last one to end, once a thread has failed: while no broker answers, closing alone takes a minute and a half. */
    static final Duration ENDS_WITHIN = MOST_SILENT;

    /** For which a thread must be seen to be silent. */
    static final Duration SEEN_FOR = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private @Nullable Long failedAt;
    private @Nullable Long silentSince;

    /** @param nanoTime as {@link System#nanoTime} gives it */
    HangWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * What hangs, for people; null where nothing does. To be asked every few seconds.
     *
     * @param hasFailed whether a thread has failed, so that all are to end
     * @param silentSeconds since that thread asked for records that has not asked for longest
     */
    @Nullable
    String look(boolean hasFailed, double silentSeconds) {
        long now = nanoTime.getAsLong();
        failedAt = hasFailed ? first(failedAt, now) : null;
        silentSince = silentSeconds > MOST_SILENT.toSeconds() ? first(silentSince, now) : null;
        if (isOver(failedAt, ENDS_WITHIN, now)) {
            return "a thread has failed, and another one does not end";
        }
        return isOver(silentSince, SEEN_FOR, now) ? "a thread has not come back for " + MOST_SILENT : null;
    }

    private static long first(@Nullable Long before, long now) {
        return before == null ? now : before;
    }

    private static boolean isOver(@Nullable Long since, Duration limit, long now) {
        return since != null && now - since >= limit.toNanos();
    }
}
