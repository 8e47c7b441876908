package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HangWatchTest {
    private static final double BUSY = 0.1;
    private static final double SILENT = HangWatch.MOST_SILENT.toSeconds() + 1.0;

    private long now = Long.MAX_VALUE - 5;
    private final HangWatch watch = new HangWatch(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void whoeverComesBackNowAndThenDoesNotHang() {
        for (int i = 0; i < 100; i++) {
            assertThat(watch.look(false, (double) HangWatch.MOST_SILENT.toSeconds()))
                    .isNull();
            pass(Duration.ofSeconds(5));
        }
    }

    @Test
    void whoDoesNotComeBackHangs() {
        assertThat(watch.look(false, SILENT)).isNull();
        pass(HangWatch.SEEN_FOR);
        assertThat(watch.look(false, SILENT + 10)).contains("PT2M");
    }

    @Test
    void aMachineThatSleptDoesNotHang() {
        watch.look(false, BUSY);
        pass(Duration.ofHours(1));
        assertThat(watch.look(false, 3_600)).isNull();
        pass(Duration.ofSeconds(5));
        assertThat(watch.look(false, BUSY)).isNull();
        pass(HangWatch.SEEN_FOR);
        assertThat(watch.look(false, SILENT)).isNull();
    }

    @Test
    void whoDoesNotEndAfterAFailureHangs() {
        assertThat(watch.look(true, BUSY)).isNull();
        pass(HangWatch.ENDS_WITHIN.minusNanos(1));
        assertThat(watch.look(true, BUSY)).isNull();
        pass(Duration.ofNanos(1));
        assertThat(watch.look(true, BUSY)).contains("does not end");
    }
}
