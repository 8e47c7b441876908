package io.tollgate.usageapi.stats;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * How long a window is, by the clock on the wall of a time zone: a day has 23, 24 or 25 hours, and the hour that is
 * lived twice in autumn is two windows.
 */
public enum WindowSize {
    HOUR {
        @Override
        public Instant floor(Instant time, ZoneId zone) {
            return time.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
        }

        /** By steps, since a clock may be put forward or back in the middle of an hour (Lord Howe, by half an hour). */
        @Override
        public Instant next(Instant edge, ZoneId zone) {
            Instant time = edge;
            do {
                time = time.plus(QUARTER_HOUR);
            } while (!floor(time, zone).isAfter(edge));
            return floor(time, zone);
        }
    },
    DAY {
        @Override
        public Instant floor(Instant time, ZoneId zone) {
            return startOf(time.atZone(zone).toLocalDate(), zone);
        }

        /** A loop, since a day may be left out altogether (Samoa, 30 December 2011). */
        @Override
        public Instant next(Instant edge, ZoneId zone) {
            LocalDate day = edge.atZone(zone).toLocalDate();
            do {
                day = day.plusDays(1);
            } while (!startOf(day, zone).isAfter(edge));
            return startOf(day, zone);
        }
    },
    /** Of ISO 8601: from Monday. */
    WEEK {
        @Override
        public Instant floor(Instant time, ZoneId zone) {
            return startOf(
                    time.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone);
        }

        @Override
        public Instant next(Instant edge, ZoneId zone) {
            return startOf(edge.atZone(zone).toLocalDate().plusWeeks(1), zone);
        }
    },
    MONTH {
        @Override
        public Instant floor(Instant time, ZoneId zone) {
            return startOf(time.atZone(zone).toLocalDate().withDayOfMonth(1), zone);
        }

        @Override
        public Instant next(Instant edge, ZoneId zone) {
            return startOf(edge.atZone(zone).toLocalDate().withDayOfMonth(1).plusMonths(1), zone);
        }
    };

    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    /** Start of the window that holds the time. */
    public abstract Instant floor(Instant time, ZoneId zone);

    /** Start of the window after the one that starts at {@code edge}. */
    public abstract Instant next(Instant edge, ZoneId zone);

    /** Start of the window before the one that starts at {@code edge}. */
    public Instant previous(Instant edge, ZoneId zone) {
        return floor(edge.minusNanos(1), zone);
    }

    private static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** As it is written in a query. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
