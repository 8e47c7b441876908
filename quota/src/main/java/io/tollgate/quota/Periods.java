package io.tollgate.quota;

import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a period in a time zone: at any moment there is exactly one, and it ends where the next begins. A
 * rolling window is the exception: it is another one every quarter hour.
 */
public final class Periods {
    /** What everything but a minute is made of, µs. */
    public static final long QUARTER_HOUR = 900_000_000L;

    public static final long MINUTE = 60_000_000L;
    private static final long HOUR = 3_600_000_000L;
    private static final long MICROS = 1_000_000L;
    private static final long LONGEST_SECONDS = 366 * 86_400L;

    private final PeriodKind kind;
    private final long length;
    private final long anchor;
    private final ZoneId zone;

    /**
     * The windows of a period.
     *
     * @throws IllegalArgumentException if there are none, with the reason in words for people
     */
    public Periods(Period period, ZoneId zone) {
        this.kind = period.getKind();
        this.length = period.getSeconds() * MICROS;
        this.anchor = period.getAnchor();
        this.zone = zone;
        boolean hasLength = kind == PeriodKind.ROLLING || kind == PeriodKind.EVERY;
        if (kind == PeriodKind.UNKNOWN) {
            throw new IllegalArgumentException("a kind of period that this version does not know");
        }
        if (hasLength && period.getSeconds() > LONGEST_SECONDS) {
            throw new IllegalArgumentException("its length must be 366 days at most: so long are totals kept");
        }
        if (hasLength && (period.getSeconds() <= 0 || length % QUARTER_HOUR != 0)) {
            throw new IllegalArgumentException("its length must be a multiple of 900 seconds");
        }
        if (kind == PeriodKind.EVERY && Math.floorMod(anchor, QUARTER_HOUR) != 0) {
            throw new IllegalArgumentException("its anchor must lie on a quarter hour");
        }
    }

    /** Whether usage of a window is counted by quarter hours and leaves it again one by one. */
    public boolean isRolling() {
        return kind == PeriodKind.ROLLING;
    }

    /** Whether no totals are kept that a window could be made of. */
    public boolean isMinute() {
        return kind == PeriodKind.MINUTE;
    }

    /** What is counted as one: the window itself; of a rolling one its quarter hours. */
    public Window bucket(long micros) {
        return isRolling() ? quarterHour(micros) : at(micros);
    }

    /** The window that a moment, epoch µs, lies in; a rolling one's newest quarter hour is the moment's. */
    public Window at(long micros) {
        return switch (kind) {
            case MINUTE -> floor(micros, 0, MINUTE);
            case HOUR -> hour(micros);
            case EVERY -> floor(micros, anchor, length);
            case ROLLING -> {
                Window newest = quarterHour(micros);
                yield new Window(newest.start() - length, newest.end());
            }
            case DAY -> days(date(micros), date(micros).plusDays(1));
            case WEEK -> {
                LocalDate monday = date(micros).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield days(monday, monday.plusWeeks(1));
            }
            case MONTH -> {
                LocalDate first = date(micros).withDayOfMonth(1);
                yield days(first, first.plusMonths(1));
            }
            case UNKNOWN -> throw new IllegalStateException("refused by the constructor");
        };
    }

    /**
     * By the clock on the wall. Where the offset changes by a part of an hour, the hour that it happens in is cut there:
     * hours would overlap else.
     */
    private Window hour(long micros) {
        Instant instant = instant(micros);
        long offset = zone.getRules().getOffset(instant).getTotalSeconds() * MICROS;
        Window whole = floor(micros, -offset, HOUR);
        long start = whole.start();
        long end = whole.end();
        ZoneOffsetTransition last = zone.getRules().previousTransition(instant.plusNanos(1));
        if (isUneven(last)) {
            start = Math.max(start, micros(last.getInstant()));
        }
        ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
        if (isUneven(next)) {
            end = Math.min(end, micros(next.getInstant()));
        }
        return new Window(start, end);
    }

    private static boolean isUneven(@Nullable ZoneOffsetTransition transition) {
        return transition != null && transition.getDuration().toSeconds() % 3600 != 0;
    }

    private Window days(LocalDate from, LocalDate to) {
        return new Window(
                micros(from.atStartOfDay(zone).toInstant()),
                micros(to.atStartOfDay(zone).toInstant()));
    }

    private LocalDate date(long micros) {
        return LocalDate.ofInstant(instant(micros), zone);
    }

    private static Window quarterHour(long micros) {
        return floor(micros, 0, QUARTER_HOUR);
    }

    private static Window floor(long micros, long origin, long length) {
        long start = micros - Math.floorMod(micros - origin, length);
        return new Window(start, start + length);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
