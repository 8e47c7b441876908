package io.tollgate.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.decimal.Decimal;
import org.junit.jupiter.api.Test;

class CountTest {
    private static final long RESET = 1_000;

    private final Count reset = Count.of(Decimal.of(100)).forgiven(RESET);

    @Test
    void whatWasForgivenDoesNotCount() {
        assertThat(reset.used()).isEqualTo(Decimal.ZERO);
        assertThat(reset.plus(Decimal.of(7), RESET + 1).used()).isEqualTo(Decimal.of(7));
        assertThat(reset.whole()).isEqualTo(Decimal.of(100));
    }

    @Test
    void aVoidOfForgivenUsageMakesUpForNoLaterUsage() {
        Count count = reset.plus(Decimal.of(7), RESET + 1).plus(Decimal.of(-100), RESET);

        assertThat(count.used()).isEqualTo(Decimal.of(7));
        assertThat(count.whole()).isEqualTo(Decimal.of(7));
    }

    @Test
    void aVoidOfLaterUsageCounts() {
        Count count = reset.plus(Decimal.of(7), RESET + 1).plus(Decimal.of(-7), RESET + 1);

        assertThat(count.used()).isEqualTo(Decimal.ZERO);
    }

    @Test
    void lateUsageOfBeforeTheResetCountsFromItOn() {
        assertThat(reset.plus(Decimal.of(5), RESET - 1).used()).isEqualTo(Decimal.of(5));
    }

    @Test
    void itNeverFallsBelowZeroByWhatWasForgiven() {
        assertThat(reset.plus(Decimal.of(-30), RESET + 1).used()).isEqualTo(Decimal.ZERO);
    }
}
