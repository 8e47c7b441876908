package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void isTheMiddleOneWhateverTheOrder() {
        assertThat(Median.of(9, 1, 4)).isEqualTo(4);
    }

    @Test
    void ofAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Median.of(8, 1, 2, 100)).isEqualTo(5);
    }

    @Test
    void leavesItsArgumentAlone() {
        double[] figures = {3, 1, 2};
        double unused = Median.of(figures);
        assertThat(figures).containsExactly(3, 1, 2);
    }

    @Test
    void ofNothingIsRefused() {
        assertThatThrownBy(() -> Median.of()).isInstanceOf(IllegalArgumentException.class);
    }
}
