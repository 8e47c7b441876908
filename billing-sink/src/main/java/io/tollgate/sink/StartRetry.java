package io.tollgate.sink;

import java.time.Duration;

/** How long a start that failed is left alone: soon at first, since servers come up together, then ever less often. */
final class StartRetry {
    private static final long LONGEST_SECONDS = 30;

    private StartRetry() {}

    /** 2, 4, 8, 16 and then 30 seconds, from attempt 1 on. */
    static Duration waitAfter(int attempt) {
        return Duration.ofSeconds(Math.min(LONGEST_SECONDS, 1L << Math.min(attempt, 5)));
    }
}
