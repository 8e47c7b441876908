package io.tollgate.quota.alert;

import static io.tollgate.quota.alert.Given.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.decimal.Decimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelTest {
    private static final Decimal NONE = Decimal.ZERO;

    @ParameterizedTest
    @CsvSource({
        "50,        100, 50,   true,  50",
        "49.999999, 100, 50,   false, 49.9999",
        "1,         3,   33.3333, true, 33.3333",
        "1,         3,   33.3334, false, 33.3333",
        "2,         3,   66.6667, false, 66.6666",
        "0,         100, 50,   false, 0",
        "150,       100, 100,  true,  150",
        "0,         0,   50,   false, 0",
        "0.0001,    0,   50,   true,  50",
        "0.0000000000000000001, 3, 50, false, 0",
    })
    void aShareOfAQuotaIsUsedOfLimitInPercent(
            String used, String limit, String threshold, boolean reached, String shown) {
        Level level = Level.quotaShare(Given.standing(used, limit));

        assertThat(level.isAtLeast(number(threshold))).isEqualTo(reached);
        assertThat(level.shown(number(threshold))).isEqualTo(number(shown));
        assertThat(level.used()).isEqualTo(number(used));
        assertThat(level.limit()).isEqualTo(number(limit));
    }

    @Test
    void spendIsShownToTheLastDigit() {
        Level level = Level.spend(number("12.3456789012"));

        assertThat(level.isAtLeast(number("12.3456789012"))).isTrue();
        assertThat(level.isAtLeast(number("12.3456789013"))).isFalse();
        assertThat(level.shown(number("12"))).isEqualTo(number("12.3456789012"));
    }

    @ParameterizedTest
    @CsvSource({
        "30, 70, 7, 0,  true,  3",
        "29.999, 70, 7, 0,  false, 2.9999",
        "30, 70, 7, 30, true,  3",
        "30, 70, 7, 31, false, 3",
        "30, 0,  7, 0,  false, 0",
        "1,  1,  3, 0,  true,  3",
        "1,  3,  1, 0,  false, 0.3333",
    })
    void aSpikeIsTimesTheMeanOfTheWindowsBefore(
            String cost, String before, int windows, String minimum, boolean reached, String shown) {
        Level level = Level.spike(number(cost), number(before), windows, number(minimum));

        assertThat(level.isAtLeast(number("3"))).isEqualTo(reached);
        assertThat(level.shown(number("3"))).isEqualTo(number(shown));
    }

    @ParameterizedTest
    @CsvSource({
        "5,  100, 0,   true,  5",
        "5,  101, 0,   false, 4.9504",
        "5,  100, 100, true,  5",
        "5,  99,  100, false, 5.0505",
        "0,  0,   0,   false, 0",
        "1,  1,   0,   true,  100",
    })
    void aShareOfErrorsNeedsEnoughRequests(
            String errors, String requests, String minimum, boolean reached, String shown) {
        Level level = Level.errorShare(number(errors), number(requests), number(minimum));

        assertThat(level.isAtLeast(number("5"))).isEqualTo(reached);
        assertThat(level.shown(number("5"))).isEqualTo(number(shown));
    }

    @Test
    void unpricedIsANumberOfRequests() {
        assertThat(Level.unpriced(number("1")).isAtLeast(Decimal.ONE)).isTrue();
        assertThat(Level.unpriced(NONE).isAtLeast(Decimal.ONE)).isFalse();
    }
}
