package io.tollgate.schemas.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread that works until it is told to end: its work asks {@link #isOpen} and waits with {@link #pause}. It does not
 * keep the process alive.
 */
public final class Background {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    /** Not running yet. */
    public Background(String name, Runnable work) {
        this.thread = new Thread(work, name);
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public boolean isOpen() {
        return ended.getCount() > 0;
    }

    /** Waits so long, or until it is told to end, which an interrupt does, too; false where it is to end. */
    public boolean pause(Duration time) {
        try {
            return !ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended.countDown();
            return false;
        }
    }

    /** Tells it to end, and ends its pause. */
    public void end() {
        ended.countDown();
    }

    /** Tells it to end, and interrupts whatever it waits for. */
    public void interrupt() {
        end();
        thread.interrupt();
    }

    /** Waits until nothing of it runs any more, or the limit is over; at once where it was never started. */
    public void await(Duration limit) {
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
