package io.tollgate.oracle;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.apache.avro.generic.GenericRecord;

/** The windows of a quota or an alert rule. */
record Windows(String kind, long length, long anchor, ZoneId zone) {
    private static final long MINUTE = 60_000_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final int HOUR_SECONDS = 3_600;

    /** From a start to an end that is not in it, epoch µs. */
    record Window(long start, long end) {
        boolean contains(long time) {
            return start <= time && time < end;
        }
    }

    static Windows of(GenericRecord period, String zone) {
        return new Windows(
                Fields.text(period, "kind"),
                Fields.number(period, "seconds") * 1_000_000,
                Fields.number(period, "anchor"),
                ZoneId.of(zone));
    }

    boolean isRolling() {
        return kind.equals("ROLLING");
    }

    boolean isMinute() {
        return kind.equals("MINUTE");
    }

    /** What is counted as one, and leaves a rolling window as a whole. */
    Window bucket(long time) {
        return isRolling() ? every(time, 0, Totals.QUARTER_HOUR) : at(time);
    }

    /** The window that is the current one at {@code time}. */
    Window at(long time) {
        LocalDate day = LocalDate.ofInstant(instant(time), zone);
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        LocalDate first = day.withDayOfMonth(1);
        return switch (kind) {
            case "MINUTE" -> every(time, 0, MINUTE);
            case "HOUR" -> hour(time);
            case "DAY" -> days(day, day.plusDays(1));
            case "WEEK" -> days(monday, monday.plusWeeks(1));
            case "MONTH" -> days(first, first.plusMonths(1));
            case "EVERY" -> every(time, anchor, length);
            case "ROLLING" -> {
                Window newest = every(time, 0, Totals.QUARTER_HOUR);
                yield new Window(newest.start() - length, newest.end());
            }
            default -> throw new NotUnderstoodException("a period of kind " + kind);
        };
    }

    /** From one full hour on the clock to the next. */
    private Window hour(long time) {
        long start =
                micros(instant(time).atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant());
        int before = offset(start - HOUR);
        int after = offset(start + 2 * HOUR);
        if ((after - before) % HOUR_SECONDS != 0) {
            throw new NotUnderstoodException("an hour in which the clock is changed by a part of an hour");
        }
        return new Window(start, start + HOUR);
    }

    private int offset(long time) {
        return zone.getRules().getOffset(instant(time)).getTotalSeconds();
    }

    private Window days(LocalDate from, LocalDate to) {
        return new Window(
                micros(from.atStartOfDay(zone).toInstant()),
                micros(to.atStartOfDay(zone).toInstant()));
    }

    private static Window every(long time, long origin, long length) {
        long start = time - Math.floorMod(time - origin, length);
        return new Window(start, start + length);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
