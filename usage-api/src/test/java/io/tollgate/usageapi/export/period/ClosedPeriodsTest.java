package io.tollgate.usageapi.export.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClosedPeriodsTest {
    private static final String TOPIC = "topic";
    private static final ClosedPeriods NONE = new ClosedPeriods(List.of());
    private static final ClosedPeriod JANUARY = closed("2026-01", 100, 200);
    private static final ClosedPeriod FEBRUARY = closed("2026-02", 150, 200);

    @Test
    void anOpenMonthHoldsItsOwnEvents() {
        assertThat(NONE.of(Instant.parse("2026-01-31T23:59:59.999999Z"), day("2026-02-01"), 0, 5))
                .isEqualTo(new Billing(day("2026-01-31"), false));
    }

    @Test
    void whatCameBeforeTheCutStaysInItsMonth() {
        ClosedPeriods periods = new ClosedPeriods(List.of(JANUARY));
        assertThat(periods.of(in("2026-01-15"), day("2026-01-15"), 0, 99))
                .isEqualTo(new Billing(day("2026-01-15"), false));
        assertThat(periods.of(in("2026-01-15"), day("2026-02-03"), 1, 199))
                .isEqualTo(new Billing(day("2026-01-15"), false));
    }

    @Test
    void whatCameAfterItIsBilledInTheNextMonthOnTheDayOfItsBooking() {
        ClosedPeriods periods = new ClosedPeriods(List.of(JANUARY));
        assertThat(periods.of(in("2026-01-15"), day("2026-02-03"), 0, 100))
                .isEqualTo(new Billing(day("2026-02-03"), true));
        // Booked later than that month, and earlier by a clock that is behind.
        assertThat(periods.of(in("2026-01-15"), day("2026-03-09"), 0, 100))
                .isEqualTo(new Billing(day("2026-02-28"), true));
        assertThat(periods.of(in("2026-01-15"), day("2026-01-31"), 0, 100))
                .isEqualTo(new Billing(day("2026-02-01"), true));
    }

    @Test
    void whatMissedTwoClosingsIsBilledBehindTheSecond() {
        ClosedPeriods periods = new ClosedPeriods(List.of(FEBRUARY, JANUARY));
        assertThat(periods.of(in("2026-01-15"), day("2026-03-04"), 0, 150))
                .isEqualTo(new Billing(day("2026-03-04"), true));
        assertThat(periods.of(in("2026-01-15"), day("2026-02-20"), 0, 149))
                .isEqualTo(new Billing(day("2026-02-20"), true));
        assertThat(periods.of(in("2026-02-15"), day("2026-03-04"), 0, 150))
                .isEqualTo(new Billing(day("2026-03-04"), true));
    }

    @Test
    void aMonthIsDecidedByItsOwnClosingAndTheOneBeforeIt() {
        ClosedPeriods periods = new ClosedPeriods(List.of(FEBRUARY, JANUARY));
        assertThat(periods.deciding(YearMonth.parse("2025-12"))).containsExactly(JANUARY);
        assertThat(periods.deciding(YearMonth.parse("2026-02"))).containsExactly(FEBRUARY, JANUARY);
        assertThat(periods.deciding(YearMonth.parse("2026-03"))).containsExactly(FEBRUARY);
        assertThat(periods.deciding(YearMonth.parse("2026-04"))).isEmpty();
    }

    @Test
    void cutsOfAnotherTopicMayLieBeforeThoseOfTheOldOne() {
        ClosedPeriod march = new ClosedPeriod(YearMonth.parse("2026-03"), List.of(1L, 2L), "made again");
        assertThat(new ClosedPeriods(List.of(FEBRUARY, march)).recordOf(march.month()))
                .isEqualTo(march);
    }

    @Test
    void monthsWithoutARecordAreClosedByTheNextOne() {
        ClosedPeriods periods = new ClosedPeriods(List.of(FEBRUARY));
        assertThat(periods.of(in("2025-12-15"), day("2025-12-15"), 0, 149))
                .isEqualTo(new Billing(day("2025-12-15"), false));
        assertThat(periods.of(in("2025-12-15"), day("2026-03-02"), 0, 150))
                .isEqualTo(new Billing(day("2026-03-02"), true));
        assertThat(periods.closingOf(YearMonth.parse("2025-12"))).isEqualTo(FEBRUARY);
        assertThat(periods.recordOf(YearMonth.parse("2025-12"))).isNull();
        assertThat(periods.closingOf(YearMonth.parse("2026-03"))).isNull();
    }

    @Test
    void aPartitionThatWasNotThereYetHasNothingBeforeTheCut() {
        ClosedPeriods periods = new ClosedPeriods(List.of(JANUARY));
        assertThat(periods.of(in("2026-01-15"), day("2026-02-01"), 2, 0).adjustment())
                .isTrue();
    }

    @Test
    void aCutThatGoesBackIsRefused() {
        assertThatThrownBy(() -> new ClosedPeriods(List.of(closed("2026-01", 100), closed("2026-02", 99))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2026-02")
                .hasMessageContaining("2026-01");
    }

    @Test
    void aRangeIsCutWhereMonthsBegin() {
        assertThat(PartOfMonth.of(day("2026-01-30"), day("2026-03-02")))
                .containsExactly(
                        new PartOfMonth(day("2026-01-30"), day("2026-02-01")),
                        new PartOfMonth(day("2026-02-01"), day("2026-03-01")),
                        new PartOfMonth(day("2026-03-01"), day("2026-03-02")));
        assertThat(PartOfMonth.of(day("2026-01-01"), day("2026-02-01")))
                .containsExactly(new PartOfMonth(day("2026-01-01"), day("2026-02-01")));
    }

    /** Rows come and months are closed in any order; whatever happens, a row of a closed month stays where it is. */
    @Test
    void overRandomRowsAndClosingsAClosedMonthNeverChanges() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<ClosedPeriod> closings = new ArrayList<>();
            List<Row> rows = new ArrayList<>();
            long[] ends = new long[3];
            YearMonth now = YearMonth.parse("2026-01");
            for (int step = 0; step < 60; step++) {
                if (random.nextInt(6) == 0) {
                    now = now.plusMonths(1);
                    if (random.nextInt(3) > 0) {
                        closings.add(new ClosedPeriod(now.minusMonths(1), List.of(ends[0], ends[1], ends[2]), TOPIC));
                    }
                }
                int partition = random.nextInt(3);
                YearMonth month = now.minusMonths(random.nextInt(3));
                rows.add(new Row(
                        in(month.atDay(1 + random.nextInt(28)).toString()),
                        now.atDay(1 + random.nextInt(28)),
                        partition,
                        ends[partition]++));
                ClosedPeriods before = new ClosedPeriods(closings);
                List<ClosedPeriod> more = new ArrayList<>(closings);
                more.add(new ClosedPeriod(now, List.of(ends[0], ends[1], ends[2]), TOPIC));
                ClosedPeriods after = new ClosedPeriods(more);
                for (Row row : rows) {
                    Billing billed = row.by(before);
                    YearMonth in = YearMonth.from(billed.day());
                    String what = "seed " + seed + ": " + row + " was " + billed;
                    assertThat(row.by(after)).as(what).isEqualTo(billed);
                    assertThat(in.isBefore(row.month())).as(what).isFalse();
                    assertThat(billed.adjustment()).as(what).isEqualTo(in.isAfter(row.month()));
                }
            }
        }
    }

    private record Row(Instant time, LocalDate booked, int partition, long offset) {
        Billing by(ClosedPeriods periods) {
            return periods.of(time, booked, partition, offset);
        }

        YearMonth month() {
            return YearMonth.parse(time.toString().substring(0, 7));
        }
    }

    private static ClosedPeriod closed(String month, long... ends) {
        List<Long> offsets = new ArrayList<>();
        for (long end : ends) {
            offsets.add(end);
        }
        return new ClosedPeriod(YearMonth.parse(month), offsets, TOPIC);
    }

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    private static Instant in(String day) {
        return Instant.parse(day + "T12:00:00Z");
    }
}
