package io.tollgate.bench.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
    @Test
    void goesUpByHalfAndThenBetweenWhatWasHeldAndWhatWasNot() {
        assertThat(tried(2_000, 12_000))
                .containsExactly(2_000, 3_000, 4_500, 6_800, 10_200, 15_300, 12_800, 11_500, 12_200);
    }

    @Test
    void endsNearTheHighestThatCanBeHeld() {
        for (int limit = 200; limit < 60_000; limit += 700) {
            Steps steps = steps(2_000, limit);
            assertThat(steps.best()).isLessThanOrEqualTo(limit).isGreaterThan((int) (limit / 1.1) - 200);
        }
    }

    @Test
    void goesDownWhereNotEvenTheFirstIsHeld() {
        assertThat(tried(2_000, 600)).containsExactly(2_000, 1_000, 500, 800, 700, 600);
    }

    @Test
    void whereNothingIsHeldThereIsNone() {
        assertThat(steps(2_000, 0).best()).isZero();
    }

    private static List<Integer> tried(int first, int limit) {
        List<Integer> tried = new ArrayList<>();
        for (Steps steps = new Steps(first); steps.goOn(); steps.tried(steps.next() <= limit)) {
            tried.add(steps.next());
        }
        return tried;
    }

    private static Steps steps(int first, int limit) {
        Steps steps = new Steps(first);
        while (steps.goOn()) {
            steps.tried(steps.next() <= limit);
        }
        return steps;
    }
}
