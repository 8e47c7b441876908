package io.tollgate.bench.reaction;

import java.util.Arrays;
import java.util.Locale;

/** Delays as the cells of a table: p50, p99 and the longest, in milliseconds. */
final class Delays {
    private static final double MILLISECOND = 1e6;

    private Delays() {}

    /** @param nanos in any order */
    static String cells(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%.0f | %.0f | %.0f",
                sorted[sorted.length / 2] / MILLISECOND,
                sorted[(int) (sorted.length * 0.99)] / MILLISECOND,
                sorted[sorted.length - 1] / MILLISECOND);
    }
}
