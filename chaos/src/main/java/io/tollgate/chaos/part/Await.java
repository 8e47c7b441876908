package io.tollgate.chaos.part;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks again and again until something holds. */
public final class Await {
    private static final long PAUSE_MILLIS = 100;

    private Await() {}

    /** What is asked; an exception counts as no, since whoever is asked may be away. */
    @FunctionalInterface
    public interface Question {
        boolean holds() throws Exception;
    }

    /**
     * Returns how long it took.
     *
     * @throws TimeoutException with the last exception that was an answer
     */
    public static Duration until(String what, Duration limit, Question question)
            throws InterruptedException, TimeoutException {
        long start = System.nanoTime();
        Exception last = null;
        do {
            try {
                if (question.holds()) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
                last = null;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } while (System.nanoTime() - start < limit.toNanos());
        TimeoutException late = new TimeoutException(what + " did not come about within " + limit);
        if (last != null) {
            late.initCause(last);
        }
        throw late;
    }
}
