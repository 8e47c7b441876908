package io.tollgate.sink.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long after a failed attempt the next one waits: twice as long each time, and jittered, lest all come back at once. */
final class BackOff {
    private static final long FIRST_MS = 2_000;
    private static final long LONGEST_MS = Duration.ofHours(4).toMillis();
    private static final long LONGEST_ASKED_FOR_MS = Duration.ofHours(12).toMillis();

    private BackOff() {}

    /**
     * From half of the full wait up to all of it; 2 s, 4 s, … 4 h from attempt 1 on. Never shorter than the receiver asked
     * for, within 12 h.
     *
     * @param attempt the one that failed, from 1 on
     * @param retryAfter what the receiver asked for; null: nothing
     */
    static Duration after(int attempt, @Nullable Duration retryAfter, RandomGenerator random) {
        long full = Math.min(LONGEST_MS, FIRST_MS << Math.min(Math.max(attempt, 1) - 1, 20));
        long wait = full / 2 + random.nextLong(full / 2 + 1);
        long asked = retryAfter == null ? 0 : Math.min(retryAfter.toMillis(), LONGEST_ASKED_FOR_MS);
        return Duration.ofMillis(Math.max(wait, asked));
    }
}
