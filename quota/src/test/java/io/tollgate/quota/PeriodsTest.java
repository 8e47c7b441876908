package io.tollgate.quota;

import static io.tollgate.quota.Given.micros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PeriodsTest {
    private static final long HOUR = 4 * Periods.QUARTER_HOUR;

    @ParameterizedTest
    @CsvSource({
        // A day of 23 hours, one of 25, and a plain one.
        "DAY, Europe/Berlin, 2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "DAY, Europe/Berlin, 2026-10-25T10:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "DAY, UTC, 2026-10-25T10:00:00Z, 2026-10-25T00:00:00Z, 2026-10-26T00:00:00Z",
        "DAY, Asia/Kathmandu, 2026-11-21T18:20:00Z, 2026-11-21T18:15:00Z, 2026-11-22T18:15:00Z",
        // Midnight does not exist: the day begins at one.
        "DAY, Africa/Cairo, 2026-04-24T10:00:00Z, 2026-04-23T22:00:00Z, 2026-04-24T21:00:00Z",
        "WEEK, Europe/Berlin, 2026-03-29T21:59:59Z, 2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z",
        "WEEK, UTC, 2026-11-23T00:00:00Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "MONTH, America/New_York, 2026-11-01T03:59:59Z, 2026-10-01T04:00:00Z, 2026-11-01T04:00:00Z",
        "MONTH, America/New_York, 2026-11-01T04:00:00Z, 2026-11-01T04:00:00Z, 2026-12-01T05:00:00Z",
        "MONTH, UTC, 2028-02-29T23:59:59Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "HOUR, UTC, 2026-11-21T10:59:59Z, 2026-11-21T10:00:00Z, 2026-11-21T11:00:00Z",
        "HOUR, Asia/Kolkata, 2026-11-21T10:15:00Z, 2026-11-21T09:30:00Z, 2026-11-21T10:30:00Z",
        // The clock goes back by half an hour at two: the hour from half past one to two comes twice.
        "HOUR, Australia/Lord_Howe, 2026-04-04T14:59:59Z, 2026-04-04T14:00:00Z, 2026-04-04T15:00:00Z",
        "HOUR, Australia/Lord_Howe, 2026-04-04T15:00:00Z, 2026-04-04T15:00:00Z, 2026-04-04T15:30:00Z",
        "HOUR, Australia/Lord_Howe, 2026-04-04T15:30:00Z, 2026-04-04T15:30:00Z, 2026-04-04T16:30:00Z",
        // And forward: the hour from two has its second half alone.
        "HOUR, Australia/Lord_Howe, 2026-10-03T15:45:00Z, 2026-10-03T15:30:00Z, 2026-10-03T16:00:00Z",
        "MINUTE, Asia/Kathmandu, 2026-11-21T10:00:59.999999Z, 2026-11-21T10:00:00Z, 2026-11-21T10:01:00Z",
    })
    void windowsOfTheCalendar(PeriodKind kind, String zone, String at, String start, String end) {
        Periods periods = new Periods(new Period(kind, 0L, 0L), ZoneId.of(zone));

        assertThat(periods.at(micros(at))).isEqualTo(new Window(micros(start), micros(end)));
        assertThat(periods.bucket(micros(at))).isEqualTo(periods.at(micros(at)));
    }

    @Test
    void everySoManySecondsFromAnAnchorAlsoBeforeIt() {
        Period thirtyDays = new Period(PeriodKind.EVERY, 2_592_000L, micros("2026-01-15T00:00:00Z"));
        Periods periods = new Periods(thirtyDays, ZoneOffset.UTC);

        assertThat(periods.at(micros("2026-02-14T00:00:00Z")))
                .isEqualTo(new Window(micros("2026-02-14T00:00:00Z"), micros("2026-03-16T00:00:00Z")));
        assertThat(periods.at(micros("2026-01-14T23:59:59Z")))
                .isEqualTo(new Window(micros("2025-12-16T00:00:00Z"), micros("2026-01-15T00:00:00Z")));
    }

    @Test
    void aRollingWindowReachesBackItsLengthAndTheRunningQuarterHour() {
        Periods periods = new Periods(new Period(PeriodKind.ROLLING, 18_000L, 0L), ZoneOffset.UTC);

        long at = micros("2026-11-21T10:07:00Z");
        assertThat(periods.isRolling()).isTrue();
        assertThat(periods.at(at))
                .isEqualTo(new Window(micros("2026-11-21T05:00:00Z"), micros("2026-11-21T10:15:00Z")));
        assertThat(periods.bucket(at))
                .isEqualTo(new Window(micros("2026-11-21T10:00:00Z"), micros("2026-11-21T10:15:00Z")));
    }

    /**
     * Any moment since 2012, in any zone: it is in its window, and the neighbours begin and end where it does. (Before that
     * a clock in Newfoundland went back over midnight, from one day into the last.)
     */
    @ParameterizedTest
    @EnumSource(
            value = PeriodKind.class,
            names = {"UNKNOWN", "ROLLING"},
            mode = EnumSource.Mode.EXCLUDE)
    void windowsFollowEachOtherWithoutGapOrOverlap(PeriodKind kind) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("PeriodsTest " + kind + " seed " + seed);
        Random random = new Random(seed);
        List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int i = 0; i < 20_000; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            long at = random.nextLong(micros("2012-01-01T00:00:00Z"), micros("2060-01-01T00:00:00Z"));
            check(new Periods(new Period(kind, 86_400L, 900_000_000L), zone), at, seed + " " + zone);
        }
    }

    /** Where clocks change is where windows could go wrong: just there, in each zone. */
    @ParameterizedTest
    @EnumSource(
            value = PeriodKind.class,
            names = {"HOUR", "DAY", "WEEK", "MONTH"})
    void windowsFollowEachOtherWhereClocksChange(PeriodKind kind) {
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            Periods periods = new Periods(new Period(kind, 0L, 0L), zone);
            var next = zone.getRules().nextTransition(Instant.parse("2012-01-01T00:00:00Z"));
            for (int i = 0; next != null && i < 150; i++) {
                long change = next.getInstant().getEpochSecond() * 1_000_000;
                for (long at :
                        new long[] {change - HOUR, change - 1, change, change + 1, change + HOUR / 2, change + HOUR}) {
                    check(periods, at, id);
                }
                next = zone.getRules().nextTransition(next.getInstant());
            }
        }
    }

    private static void check(Periods periods, long at, String what) {
        Window window = periods.at(at);
        assertThat(window.contains(at)).as("%s %d", what, at).isTrue();
        assertThat(periods.at(window.start())).as("%s %d", what, at).isEqualTo(window);
        assertThat(periods.at(window.end() - 1)).as("%s %d", what, at).isEqualTo(window);
        assertThat(periods.at(window.end()).start()).as("%s %d", what, at).isEqualTo(window.end());
        assertThat(periods.at(window.start() - 1).end()).as("%s %d", what, at).isEqualTo(window.start());
    }

    @Test
    void whatIsNoPeriodIsRefusedInWords() {
        assertRefused(new Period(PeriodKind.EVERY, 1_000L, 0L), "multiple of 900 seconds");
        assertRefused(new Period(PeriodKind.ROLLING, 0L, 0L), "multiple of 900 seconds");
        assertRefused(new Period(PeriodKind.EVERY, 900L, 60_000_000L), "quarter hour");
        assertRefused(new Period(PeriodKind.UNKNOWN, 0L, 0L), "does not know");
        assertRefused(new Period(PeriodKind.ROLLING, 367 * 86_400L, 0L), "366 days");
        // A multiple whose microseconds are beyond a long, and come out as a small window.
        assertRefused(new Period(PeriodKind.EVERY, Long.MAX_VALUE / 900 * 900, 0L), "366 days");
    }

    private static void assertRefused(Period period, String why) {
        assertThatThrownBy(() -> new Periods(period, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
