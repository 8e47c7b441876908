package io.tollgate.streams.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaClockTest {
    private final QuotaClock clock = new QuotaClock();

    @Test
    void whileRecordsComeTheirTimeHolds() {
        clock.heard(1_000, 1_000);
        clock.tick(9_000);
        clock.heard(2_000, 9_500);
        clock.tick(10_000);

        assertThat(clock.now()).isEqualTo(2_000_000);
    }

    @Test
    void afterAQuietTickTheTasksClockDoes() {
        clock.heard(1_000, 1_000);
        clock.tick(9_000);
        clock.tick(10_000);

        assertThat(clock.now()).isEqualTo(10_000_000);
    }

    @Test
    void aTasksClockThatIsAheadIsSetByTheBrokers() {
        clock.heard(1_000, 181_000);
        clock.heard(2_000, 182_300);
        clock.tick(183_000);
        clock.tick(184_000);

        assertThat(clock.now()).isEqualTo(4_000_000);
    }

    @Test
    void soIsOneThatIsBehind() {
        clock.heard(100_000, 40_000);
        clock.tick(41_000);
        clock.tick(42_000);

        assertThat(clock.now()).isEqualTo(102_000_000);
    }

    @Test
    void whatHadBeenWaitingForHoursSaysLittleOfClocks() {
        long hours = 7_200_000;
        clock.heard(1_000, hours);
        clock.tick(hours + 1_000);
        clock.tick(hours + 2_000);

        assertThat(clock.now()).isEqualTo((hours + 2_000 - 300_000) * 1_000);
    }

    @Test
    void itNeverGoesBack() {
        clock.heard(5_000, 5_000);
        clock.heard(4_000, 5_000);
        clock.tick(3_000);
        clock.tick(3_000);

        assertThat(clock.now()).isEqualTo(5_000_000);
    }

    @Test
    void aTaskThatHasReadNothingGoesByItsOwn() {
        clock.tick(7_000);
        assertThat(clock.now()).isEqualTo(Long.MIN_VALUE);

        clock.tick(8_000);
        assertThat(clock.now()).isEqualTo(8_000_000);
    }
}
