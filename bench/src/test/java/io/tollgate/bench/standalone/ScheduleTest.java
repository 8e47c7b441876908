package io.tollgate.bench.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SECOND = 1_000_000_000L;

    private final Schedule schedule = new Schedule();

    @Test
    void withoutARateNothingIsDue() {
        assertThat(schedule.next(5)).isEqualTo(Long.MAX_VALUE);
        schedule.rate(10, 5);
        schedule.rate(0, 6);
        assertThat(schedule.next(7)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isDueAtSteadyIntervalsWhoeverIsLate() {
        schedule.rate(10, 0);
        assertThat(schedule.next(0)).isZero();
        assertThat(schedule.next(SECOND / 2)).isEqualTo(SECOND / 10);
        assertThat(schedule.next(SECOND / 2)).isEqualTo(SECOND / 5);
    }

    @Test
    void whatIsLongOverdueIsNotMadeUpFor() {
        schedule.rate(10, 0);
        assertThat(schedule.next(60 * SECOND)).isEqualTo(59 * SECOND);
        assertThat(schedule.next(60 * SECOND)).isEqualTo(59 * SECOND + SECOND / 10);
    }

    @Test
    void anotherRateBeginsNow() {
        schedule.rate(10, 0);
        long unused = schedule.next(0);
        schedule.rate(1, 7 * SECOND);
        assertThat(schedule.next(7 * SECOND)).isEqualTo(7 * SECOND);
        assertThat(schedule.next(7 * SECOND)).isEqualTo(8 * SECOND);
    }
}
