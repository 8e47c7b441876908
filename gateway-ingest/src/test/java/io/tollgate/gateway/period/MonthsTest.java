package io.tollgate.gateway.period;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ClosedPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonthsTest {
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-13", "2026-00", "2026-1", "202-10", "2026-10-01", "", "1969-12", "+2026-10", "１９９９-10"})
    void whatIsNoMonthIsNone(String text) {
        assertThat(Months.parse(text)).isNull();
        assertThat(Months.parse("2026-10")).isEqualTo(OCTOBER);
    }

    @Test
    void aMonthEndsWhenTheNextOneBeginsByUtc() {
        assertThat(Months.hasEnded(OCTOBER, Instant.parse("2026-10-31T23:59:59.999999Z")))
                .isFalse();
        assertThat(Months.hasEnded(OCTOBER, Instant.parse("2026-11-01T00:00:00Z")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-05T23:59:59Z, P5D, 2026-09",
        "2026-11-06T00:00:00Z, P5D, 2026-10",
        "2026-11-01T00:00:00Z, PT0S, 2026-10",
        "2027-01-15T00:00:00Z, P5D, 2026-12",
        "2026-11-06T00:00:00Z, P40D, 2026-08",
    })
    void aMonthIsDueOnceItsGraceIsOver(Instant now, Duration grace, YearMonth due) {
        assertThat(Months.due(now, grace)).isEqualTo(due);
    }

    @Test
    void aMonthIsClosedByTheFirstRecordThatIsNotBeforeIt() {
        ClosedPeriod june = period("2026-06");
        ClosedPeriod september = period("2026-09");
        List<ClosedPeriod> closed = List.of(september, june);
        assertThat(Months.closing(YearMonth.of(2025, 12), closed)).isEqualTo(june);
        assertThat(Months.closing(YearMonth.of(2026, 6), closed)).isEqualTo(june);
        assertThat(Months.closing(YearMonth.of(2026, 7), closed)).isEqualTo(september);
        assertThat(Months.closing(OCTOBER, closed)).isNull();
    }

    private static ClosedPeriod period(String month) {
        return new ClosedPeriod(month, List.of(1L), "topic", 0L, 1L);
    }
}
