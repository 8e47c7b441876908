package io.tollgate.bench.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tollgate.bench.standalone.Lag.Look;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class LagTest {
    private static final int RATE = 10_000;

    @Test
    void isHeldWhereItStaysAsLargeAsItIs() {
        Lag lag = lag(RATE, second -> 50_000 + (second % 2 == 0 ? 3_000 : -3_000));
        assertThat(lag.growth()).isCloseTo(0, within(100.0));
        assertThat(lag.holds(RATE)).isTrue();
    }

    @Test
    void isNotHeldWhereItGrows() {
        Lag lag = lag(RATE, second -> second * 1_000);
        assertThat(lag.growth()).isCloseTo(1_000, within(1e-6));
        assertThat(lag.holds(RATE)).isFalse();
        assertThat(lag.end()).isEqualTo(60_000);
    }

    @Test
    void whatGrewBeforeTheRateHadSettledDoesNotCount() {
        Lag lag = lag(RATE, second -> Math.min(second, 10) * 1_000);
        assertThat(lag.begin()).isEqualTo(10_000);
        assertThat(lag.holds(RATE)).isTrue();
    }

    @Test
    void slowGrowthShowsWhenItIsLookedAtForLonger() {
        LongUnaryOperator slow = second -> second * RATE / 100;
        assertThat(lag(60, RATE, slow).holds(RATE)).isTrue();
        assertThat(lag(600, RATE, slow).holds(RATE)).isFalse();
    }

    @Test
    void aRateThatIsNotTakenIsNotHeld() {
        assertThat(lag(9_000, second -> 0).holds(RATE)).isFalse();
    }

    @Test
    void fromTwoLooksNothingIsConcluded() {
        assertThatThrownBy(() -> lag(1, RATE, second -> 0).holds(RATE)).isInstanceOf(IllegalStateException.class);
    }

    private static Lag lag(int taken, LongUnaryOperator lag) {
        return lag(60, taken, lag);
    }

    private static Lag lag(int seconds, int taken, LongUnaryOperator of) {
        Lag lag = new Lag();
        for (int second = 0; second <= seconds; second++) {
            lag.add(new Look(second, (long) taken * second, of.applyAsLong(second)));
        }
        return lag;
    }
}
