package io.tollgate.bench.load;

import java.util.SplittableRandom;

/** Whose event the next one is. */
@FunctionalInterface
public interface Companies {
    /** Draws one, from 0. */
    int next(SplittableRandom random);

    /** So many of which the first is twice as busy as the average, the last hardly at all: the smaller of two draws. */
    static Companies usual(int count) {
        return random -> Math.min(random.nextInt(count), random.nextInt(count));
    }

    static Companies uniform(int count) {
        return random -> random.nextInt(count);
    }

    /** The first has so many percent of all events, the others the rest alike. */
    static Companies hot(int count, int percent) {
        if (count < 2 || percent < 0 || percent > 100) {
            throw new IllegalArgumentException(count + " companies, the first with " + percent + " %");
        }
        return random -> random.nextInt(100) < percent ? 0 : 1 + random.nextInt(count - 1);
    }
}
