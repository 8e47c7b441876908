package io.tollgate.schemas;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

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

    /**
     * A percentile in milliseconds, estimated: the request of that rank (nearest rank) lies in a known bucket, and the
     * bucket's requests are taken to lie evenly between its bounds. In the bucket of all that is slower it is that
     * bucket's lower bound: at least so slow.
     *
     * @param counts requests by bucket; fewer than {@link #COUNT} where the last ones have none
     * @return empty where there are no requests
     */
    public static OptionalLong percentile(List<Long> counts, int percent) {
        long total = counts.stream().mapToLong(Long::longValue).sum();
        if (total <= 0) {
            return OptionalLong.empty();
        }
        long rank = Math.max(1, Math.addExact(Math.multiplyExact(total, percent), 99) / 100);
        long before = 0;
        int bucket = 0;
        while (before + counts.get(bucket) < rank) {
            before += counts.get(bucket++);
        }
        long lower = bucket == 0 ? 0 : UPPER_BOUNDS_MS[bucket - 1];
        if (bucket == UPPER_BOUNDS_MS.length) {
            return OptionalLong.of(lower);
        }
        long width = UPPER_BOUNDS_MS[bucket] - lower;
        long inBucket = counts.get(bucket);
        // Rounded up: the lower bound itself belongs to the bucket below.
        return OptionalLong.of(lower + (width * (rank - before) + inBucket - 1) / inBucket);
    }
}
