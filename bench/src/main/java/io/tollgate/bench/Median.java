package io.tollgate.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of some figures; of an even number, the mean of the two in the middle. */
public final class Median {
    private Median() {}

    public static double of(double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("the median of nothing");
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static double of(List<Reading> runs, ToDoubleFunction<Reading> figure) {
        return of(runs.stream().mapToDouble(figure).toArray());
    }
}
