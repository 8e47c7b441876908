package io.tollgate.chaos.fuzz.input;

import java.util.List;
import java.util.SplittableRandom;

/** All that is random of one input. */
final class Draw {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    private Draw(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Of one input of a run: neighbours have nothing in common. */
    static Draw of(long seed, long number) {
        return new Draw(seed ^ (number + 1) * GOLDEN);
    }

    /** From 0 on. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    long any() {
        return random.nextLong();
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
