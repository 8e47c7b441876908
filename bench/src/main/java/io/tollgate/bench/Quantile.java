package io.tollgate.bench;

/** The smallest figure that a share of all figures does not exceed. */
public final class Quantile {
    private Quantile() {}

    /**
     * By the nearest rank: always one of the figures.
     *
     * @param sorted rising
     * @param share from 0 to 1
     */
    public static long of(long[] sorted, double share) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("a quantile of nothing");
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }
}
