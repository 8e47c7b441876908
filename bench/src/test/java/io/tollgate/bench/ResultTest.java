package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theRatioIsTheMedianOfNeighbouringRunsNotOfTheMedians() {
        // The machine is twice as slow in the second round, for both; the third goes wrong for the subject alone.
        Result result = result(List.of(run(1000), run(500), run(1000)), List.of(run(250), run(125), run(1)));
        assertThat(result.rateRatio()).isEqualTo(0.25);
    }

    @Test
    void theCpuRatioIsPerEvent() {
        Result result =
                result(List.of(new Reading(1000, SECOND, 2_000_000, 0)), List.of(new Reading(100, SECOND, 800_000, 0)));
        assertThat(result.cpuRatio()).isEqualTo(4.0);
    }

    @Test
    void bothHaveRunAsOften() {
        assertThatThrownBy(() -> result(List.of(run(1), run(2)), List.of(run(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReadingOfNothingIsRefused() {
        assertThatThrownBy(() -> new Reading(0, SECOND, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Reading run(long perSecond) {
        return new Reading(perSecond, SECOND, 1_000, 0);
    }

    private static Result result(List<Reading> limit, List<Reading> subject) {
        return new Result("c", "target", "setting", false, "limit", limit, "subject", subject);
    }
}
