package io.tollgate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CompaniesTest {
    private static final int DRAWS = 100_000;

    @Test
    void oneCompanyHasEverything() {
        assertThat(drawn(Companies.uniform(1), 1)).containsExactly(DRAWS);
    }

    @Test
    void uniformCompaniesAreAlike() {
        for (int events : drawn(Companies.uniform(10), 10)) {
            assertThat(events).isBetween(9_000, 11_000);
        }
    }

    @Test
    void theHotOneHasItsShareAndTheOthersTheRestAlike() {
        int[] drawn = drawn(Companies.hot(11, 90), 11);
        assertThat(drawn[0]).isBetween(89_000, 91_000);
        for (int other = 1; other < drawn.length; other++) {
            assertThat(drawn[other]).isBetween(800, 1_200);
        }
    }

    @Test
    void usuallyTheFirstAreBusierThanTheLast() {
        int[] drawn = drawn(Companies.usual(50), 50);
        assertThat(drawn[0]).isGreaterThan(3_000);
        assertThat(drawn[49]).isLessThan(200);
    }

    @Test
    void nobodyIsHotAlone() {
        assertThatThrownBy(() -> Companies.hot(1, 90)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int[] drawn(Companies companies, int count) {
        SplittableRandom random = new SplittableRandom(7);
        int[] drawn = new int[count];
        for (int i = 0; i < DRAWS; i++) {
            drawn[companies.next(random)]++;
        }
        return drawn;
    }
}
