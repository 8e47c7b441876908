package io.tollgate.bench.standalone;

/**
 * Which rate is tried next: up by half until one is not held, then between the highest that was held and the lowest that
 * was not, until the two are near each other.
 */
final class Steps {
    private static final double UP = 1.5;
    private static final double NEAR = 1.1;
    private static final int ROUND = 100;

    private int next;
    private int held;
    private int missed = Integer.MAX_VALUE;

    Steps(int first) {
        this.next = rounded(first);
    }

    /** Whether there is more to try. */
    boolean goOn() {
        return missed > ROUND && (missed == Integer.MAX_VALUE || missed > held * NEAR) && next > held && next < missed;
    }

    /** Events a second. */
    int next() {
        return next;
    }

    /** What came of it. */
    void tried(boolean wasHeld) {
        if (wasHeld) {
            held = next;
        } else {
            missed = next;
        }
        next = rounded(missed == Integer.MAX_VALUE ? held * UP : (held + (double) missed) / 2);
    }

    /** The highest that was held; 0: none. */
    int best() {
        return held;
    }

    private static int rounded(double rate) {
        return Math.max(ROUND, (int) Math.round(rate / ROUND) * ROUND);
    }
}
