package io.tollgate.schemas;

import java.util.Arrays;

/**
 * The fixed buckets of a latency histogram. Fixed, so that histograms add up over windows, users and models; about a
 * third apart, so that a percentile read off them is within a third of the true one.
 */
public final class LatencyBuckets {
    /** Inclusive, ascending; what is slower has a bucket without one. */
    private static final long[] UPPER_BOUNDS_MS = {
        10, 20, 35, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 7_500, 10_000,
        15_000, 20_000, 30_000, 45_000, 60_000, 90_000, 120_000, 300_000, 600_000
    };

    /** Number of buckets: one for each bound and one for all that is slower. */
    public static final int COUNT = UPPER_BOUNDS_MS.length + 1;

    private LatencyBuckets() {}

    /** Index of the bucket that a latency in milliseconds falls into. */
    public static int indexOf(long latencyMs) {
        int found = Arrays.binarySearch(UPPER_BOUNDS_MS, latencyMs);
        return found >= 0 ? found : -found - 1;
    }
}
