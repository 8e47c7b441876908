package io.tollgate.bench;

import java.util.Arrays;

/**
 * Delays as they are told of.
 *
 * @param p50 milliseconds, as are the others
 */
public record Delays(double p50, double p99, double most) {
    private static final double MILLISECOND = 1e6;

    /**
     * Of all that were measured.
     *
     * @param nanos in any order
     */
    public static Delays of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Delays(
                Quantile.of(sorted, 0.5) / MILLISECOND,
                Quantile.of(sorted, 0.99) / MILLISECOND,
                Quantile.of(sorted, 1) / MILLISECOND);
    }
}
