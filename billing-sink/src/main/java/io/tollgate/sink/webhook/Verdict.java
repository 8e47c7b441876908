package io.tollgate.sink.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a delivery after an attempt.
 *
 * @param state what it is in from now on
 * @param pause until the next attempt, where there is one
 * @param status of the answer, where there was one
 * @param error what went wrong, or the beginning of the body; at most {@value #LONGEST_ERROR} characters
 */
record Verdict(State state, Duration pause, @Nullable Integer status, @Nullable String error) {
    static final int LONGEST_ERROR = 200;
    private static final int GONE = 410;

    /** As the column {@code state}, in lower case. */
    enum State {
        PENDING,
        DELIVERED,
        FAILED,
        REFUSED
    }

    /**
     * @param attempt number of the attempt, from 1 on
     * @param left time in which the delivery may still be attempted
     */
    static Verdict of(int attempt, Duration left, Answer answer, RandomGenerator random) {
        if (answer instanceof Answer.NotSent refused) {
            return new Verdict(State.REFUSED, Duration.ZERO, null, shortened(refused.reason()));
        }
        if (answer instanceof Answer.Nothing nothing) {
            return missed(BackOff.after(attempt, null, random), left, null, nothing.reason());
        }
        Answer.Status status = (Answer.Status) answer;
        if (status.code() >= 200 && status.code() < 300) {
            return new Verdict(State.DELIVERED, Duration.ZERO, status.code(), null);
        }
        Duration pause = BackOff.after(attempt, status.retryAfter(), random);
        Duration allowed = status.code() == GONE ? Duration.ZERO : left;
        return missed(pause, allowed, status.code(), status.beginning());
    }

    private static Verdict missed(Duration pause, Duration left, @Nullable Integer status, String error) {
        return pause.compareTo(left) < 0
                ? new Verdict(State.PENDING, pause, status, shortened(error))
                : new Verdict(State.FAILED, Duration.ZERO, status, shortened(error));
    }

    private static String shortened(String text) {
        String stored = text.replace('\u0000', '\uFFFD');
        return stored.length() > LONGEST_ERROR ? stored.substring(0, LONGEST_ERROR - 1) + "…" : stored;
    }
}
