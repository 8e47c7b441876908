package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuantileTest {
    private final long[] hundred = LongStream.rangeClosed(1, 100).toArray();

    @Test
    void isTheFigureThatTheShareDoesNotExceed() {
        assertThat(Quantile.of(hundred, 0.5)).isEqualTo(50);
        assertThat(Quantile.of(hundred, 0.99)).isEqualTo(99);
        assertThat(Quantile.of(hundred, 0.991)).isEqualTo(100);
    }

    @Test
    void itsEndsAreTheLeastAndTheMost() {
        assertThat(Quantile.of(hundred, 0)).isEqualTo(1);
        assertThat(Quantile.of(hundred, 1)).isEqualTo(100);
        assertThat(Quantile.of(new long[] {7}, 0.99)).isEqualTo(7);
    }

    @Test
    void ofNothingIsRefused() {
        assertThatThrownBy(() -> Quantile.of(new long[0], 0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void delaysAreMillisecondsInWhateverOrderTheyCame() {
        assertThat(Delays.of(new long[] {3_000_000, 1_000_000, 2_000_000})).isEqualTo(new Delays(2, 3, 3));
    }
}
