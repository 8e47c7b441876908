package io.tollgate.bench.reaction;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Steps at a steady rate, each on its time whether or not those before it are done, as long as a thread is free. */
final class Paced {
    private Paced() {}

    /** One of them. */
    @FunctionalInterface
    interface Step {
        void take(int number) throws IOException, InterruptedException;
    }

    /**
     * Returns when all are done.
     *
     * @param patience seconds beyond the time that they should take
     * @param undone what is said of steps that are not done by then
     * @throws Exception the first failure of a step
     */
    static void run(int steps, int perSecond, int threads, long patience, String undone, Step step) throws Exception {
        ScheduledExecutorService senders = Executors.newScheduledThreadPool(threads);
        AtomicReference<Exception> failure = new AtomicReference<>();
        CountDownLatch open = new CountDownLatch(steps);
        for (int i = 0; i < steps; i++) {
            int number = i;
            var unused = senders.schedule(
                    () -> {
                        try {
                            step.take(number);
                        } catch (IOException | InterruptedException | RuntimeException e) {
                            failure.compareAndSet(null, e);
                        } finally {
                            open.countDown();
                        }
                    },
                    i * 1_000_000L / perSecond,
                    TimeUnit.MICROSECONDS);
        }
        boolean done = open.await(steps / perSecond + patience, TimeUnit.SECONDS);
        senders.shutdownNow();
        Exception failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        if (!done) {
            throw new IllegalStateException(open.getCount() + " " + undone);
        }
    }
}
