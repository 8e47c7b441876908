package io.tollgate.pricing;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of day in UTC, {@code 16:30-00:30}: the start is in it, the end is not, and it may wrap midnight. Decided by the
 * event's time, never by when it is processed.
 *
 * @param startMinute minute of the day, 0 to 1439
 * @param endMinute minute of the day, 0 to 1439; equal to the start for a whole day
 */
record DailyWindow(int startMinute, int endMinute) {
    private static final Pattern FORM = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)-([01]\\d|2[0-3]):([0-5]\\d)");
    private static final long MICROS_PER_MINUTE = Duration.ofMinutes(1).toNanos() / 1_000;
    private static final int MINUTES_PER_DAY = 24 * 60;

    /** @throws IllegalArgumentException if the text is not {@code HH:MM-HH:MM} */
    static DailyWindow parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("time_window_utc must be HH:MM-HH:MM, not '" + text + "'");
        }
        return new DailyWindow(minute(form, 1), minute(form, 3));
    }

    private static int minute(Matcher form, int group) {
        return Integer.parseInt(form.group(group)) * 60 + Integer.parseInt(form.group(group + 1));
    }

    boolean contains(long epochMicros) {
        long minute = Math.floorMod(Math.floorDiv(epochMicros, MICROS_PER_MINUTE), MINUTES_PER_DAY);
        return startMinute < endMinute
                ? minute >= startMinute && minute < endMinute
                : minute >= startMinute || minute < endMinute;
    }
}
