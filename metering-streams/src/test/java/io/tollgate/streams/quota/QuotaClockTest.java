package io.tollgate.streams.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaClockTest {
    private final QuotaClock clock = new QuotaClock();

    @Test
    void whileRecordsComeTheirTimeHolds() {
        clock.heard(1_000);
        clock.tick(9_000);
        clock.heard(2_000);
        clock.tick(10_000);

        assertThat(clock.now()).isEqualTo(2_000_000);
    }

    @Test
    void afterAQuietTickTheTasksClockDoes() {
        clock.heard(1_000);
        clock.tick(9_000);
        clock.tick(10_000);

        assertThat(clock.now()).isEqualTo(10_000_000);
    }

    @Test
    void itNeverGoesBack() {
        clock.heard(5_000);
        clock.heard(4_000);
        clock.tick(3_000);
        clock.tick(3_000);

        assertThat(clock.now()).isEqualTo(5_000_000);
    }

    @Test
    void aTaskThatHasReadNothingGoesByItsOwn() {
        clock.tick(7_000);

        assertThat(clock.now()).isEqualTo(7_000_000);
    }
}
