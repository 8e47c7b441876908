package io.tollgate.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class StretchTest {
    private static final long DAY = 86_400_000_000L;
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe");

    @Test
    void aMonthInBerlinIsItsWholeUtcDaysAndTheQuarterHoursAtItsEdges() {
        Periods month = new Periods(new Period(PeriodKind.MONTH, 0L, 0L), ZoneId.of("Europe/Berlin"));
        Window march = month.at(micros("2026-03-15T12:00:00Z"));

        assertThat(Stretch.of(month, march.start(), march.end()))
                .containsExactly(
                        new Stretch(
                                Granularity.QUARTER_HOUR,
                                micros("2026-02-28T23:00:00Z"),
                                micros("2026-03-01T00:00:00Z")),
                        new Stretch(Granularity.DAY, micros("2026-03-01T00:00:00Z"), micros("2026-03-31T00:00:00Z")),
                        new Stretch(
                                Granularity.QUARTER_HOUR,
                                micros("2026-03-31T00:00:00Z"),
                                micros("2026-03-31T22:00:00Z")));
    }

    @Test
    void aRollingWindowIsMadeOfQuarterHoursAlone() {
        Periods rolling = new Periods(new Period(PeriodKind.ROLLING, 3 * 86_400L, 0L), ZoneId.of("UTC"));
        Window window = rolling.at(micros("2026-03-15T12:00:00Z"));

        assertThat(Stretch.of(rolling, window.start(), window.end()))
                .extracting(Stretch::granularity)
                .containsOnly(Granularity.QUARTER_HOUR);
    }

    @RepeatedTest(20)
    void theyCoverAllWithoutAGapAndNoDayIsInTwoBuckets() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        PeriodKind[] kinds = {
            PeriodKind.HOUR, PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.ROLLING, PeriodKind.EVERY
        };
        long seconds = 900L * (1 + random.nextInt(4_000));
        Period period =
                new Period(kinds[random.nextInt(kinds.length)], seconds, 900_000_000L * random.nextInt(100_000));
        Periods periods = new Periods(period, ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
        long from = periods.bucket(micros("2026-01-01T00:00:00Z") + random.nextLong(365 * DAY))
                .start();
        long to = periods.bucket(from + random.nextLong(60 * DAY)).end();

        long at = from;
        for (Stretch stretch : Stretch.of(periods, from, to)) {
            assertThat(stretch.from()).as("seed %d", seed).isEqualTo(at);
            if (stretch.granularity() == Granularity.DAY) {
                for (long day = stretch.from(); day < stretch.to(); day += DAY) {
                    assertThat(periods.bucket(day)).as("seed %d", seed).isEqualTo(periods.bucket(day + DAY - 1));
                }
            }
            at = stretch.to();
        }
        assertThat(at).as("seed %d", seed).isEqualTo(to);
    }

    private static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }
}
