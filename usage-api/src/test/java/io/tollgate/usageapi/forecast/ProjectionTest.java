package io.tollgate.usageapi.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.stats.StatsQuestion;
import io.tollgate.usageapi.stats.WindowSize;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    /** A Wednesday. */
    private static final Instant NOON = Instant.parse("2026-11-18T12:00:00Z");

    @Test
    void withWholeWeeksBeforeItGoesOnAsTheSameWeekdaysDid() {
        ForecastQuestion week = question(WindowSize.WEEK, NOON);
        History history = new History(
                number("10"),
                Map.of(
                        LocalDate.parse("2026-11-12"), number("1"), // last Thursday
                        LocalDate.parse("2026-11-15"), number("0.5"), // last Sunday
                        LocalDate.parse("2026-11-10"), number("999"), // last Tuesday: over this week
                        LocalDate.parse("2026-11-05"), number("3")), // Thursday before
                List.of(number("0.25"), number("0"), number("0"), number("0")));
        assertThat(Projection.of(week, 2, history))
                .isEqualTo(new Projection(number("12.375"), number("11.75"), number("13")));
        assertThat(Projection.of(week, 1, history)).isEqualTo(new Projection(number("11.75"), null, null));
        assertThat(Projection.of(week, 4, history).projected()).isEqualTo(number("11.1875"));
    }

    @Test
    void theDaysOfAMonthComeRoundAgainAfterAWeek() {
        ForecastQuestion month = question(WindowSize.MONTH, NOON);
        assertThat(month.daysLeft()).isEqualTo(12);
        History history = new History(
                number("0"),
                Map.of(LocalDate.parse("2026-11-11"), number("1"), LocalDate.parse("2026-11-12"), number("100")),
                List.of());
        // Wednesday the 25th; Thursdays the 19th and 26th.
        assertThat(Projection.of(month, 1, history).projected()).isEqualTo(number("201"));
    }

    @Test
    void withoutAWholeWeekItGoesOnInAStraightLine() {
        History history = new History(number("5"), Map.of(), List.of());
        assertThat(Projection.of(question(WindowSize.DAY, NOON), 0, history))
                .isEqualTo(new Projection(number("10"), null, null));
        ForecastQuestion month = question(WindowSize.MONTH, Instant.parse("2026-11-18T00:00:00Z"));
        assertThat(Projection.of(month, 0, history).projected()).isEqualTo(number("8.823529411765"));
    }

    @Test
    void atTheBeginningThereIsNothingToSay() {
        ForecastQuestion day = question(WindowSize.DAY, Instant.parse("2026-11-18T01:11:59Z"));
        assertThat(Projection.method(day, 0)).isEqualTo(Projection.Method.TOO_EARLY);
        assertThat(Projection.of(day, 0, new History(number("5"), Map.of(), List.of())))
                .isEqualTo(new Projection(null, null, null));
    }

    @Test
    void aWeekIsWholeWhereThereIsOlderUsage() {
        ForecastQuestion month = question(WindowSize.MONTH, NOON);
        assertThat(Projection.weeks(month, days("2026-11-11"))).isZero();
        assertThat(Projection.weeks(month, days("2026-11-18", "2026-11-10"))).isEqualTo(1);
        assertThat(Projection.weeks(month, days("2026-11-03"))).isEqualTo(2);
        assertThat(Projection.weeks(month, days("2026-10-20"))).isEqualTo(4);
    }

    @Test
    void theRestOfTodayIsLookedUpOnTheSameWeekdays() {
        Instant now = Instant.parse("2026-10-28T22:10:00Z");
        ForecastQuestion berlin =
                new ForecastQuestion(WindowSize.MONTH, ZoneId.of("Europe/Berlin"), now, List.of(), List.of());
        List<StatsQuestion> rests = berlin.restsOfToday();
        assertThat(rests).hasSize(4);
        assertThat(rests.get(0).windows().from())
                .as("a quarter past eleven on the wall, which was another hour of UTC a week ago")
                .isEqualTo("2026-10-21T21:15:00Z");
        assertThat(rests.get(0).windows().end()).isEqualTo("2026-10-21T22:00:00Z");
        assertThat(question(WindowSize.DAY, Instant.parse("2026-11-18T23:50:00Z"))
                        .restsOfToday())
                .isEmpty();
    }

    private static List<Instant> days(String... days) {
        return List.of(days).stream()
                .map(day -> LocalDate.parse(day).atStartOfDay(UTC).toInstant())
                .toList();
    }

    private static ForecastQuestion question(WindowSize period, Instant now) {
        return new ForecastQuestion(period, UTC, now, List.of(), List.of());
    }

    private static Decimal number(String text) {
        return Decimal.parse(text);
    }
}
