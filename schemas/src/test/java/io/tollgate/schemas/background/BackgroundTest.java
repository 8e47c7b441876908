package io.tollgate.schemas.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration FOREVER = Duration.ofDays(1);

    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean wasInterrupted = new AtomicBoolean();
    private final Background background = new Background("test", this::work);

    private void work() {
        running.countDown();
        while (background.pause(FOREVER)) {
            throw new AssertionError("nobody waits so long");
        }
        wasInterrupted.set(Thread.currentThread().isInterrupted());
        ended.countDown();
    }

    @Test
    void itsPauseEndsWhenItIsToldToEnd() throws InterruptedException {
        background.start();
        assertThat(running.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        assertThat(background.isOpen()).isTrue();
        background.end();
        background.await(LIMIT);
        assertThat(ended.getCount()).isZero();
        assertThat(background.isOpen()).isFalse();
        assertThat(wasInterrupted).isFalse();
    }

    @Test
    void anInterruptEndsIt() throws InterruptedException {
        background.start();
        assertThat(running.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        background.interrupt();
        background.await(LIMIT);
        assertThat(ended.getCount()).isZero();
        assertThat(background.isOpen()).isFalse();
    }

    @Test
    void oneThatWasNeverStartedNeedNotBeWaitedFor() {
        background.end();
        background.await(LIMIT);
        assertThat(ended.getCount()).isOne();
    }

    @Test
    void aPauseThatRunsOutGoesOn() {
        assertThat(background.pause(Duration.ofMillis(1))).isTrue();
    }
}
