package io.tollgate.gateway.ingest;

/** RFC 3339 times to epoch µs without an object in between. */
public final class Timestamps {
    /** What {@link #parse} answers for a text that is no time; no time of this calendar is it. */
    public static final long INVALID = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000;
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    private Timestamps() {}

    /**
     * Epoch µs of {@code 2026-11-21T10:00:00.123Z} or the same with {@code +01:00}; digits beyond µs are cut off, a leap
     * second counts as the last µs of its minute.
     *
     * @return {@link #INVALID} if the text is no such time
     */
    public static long parse(String text) {
        int end = text.length();
        if (end < 20
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || "Tt ".indexOf(text.charAt(10)) < 0
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return INVALID;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean isDate = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
        boolean isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
        if (!isDate || !isTime) {
            return INVALID;
        }
        int at = 19;
        long micros = 0;
        if (text.charAt(at) == '.') {
            int first = ++at;
            long unit = MICROS / 10;
            while (at < end && isDigit(text.charAt(at))) {
                micros += unit * (text.charAt(at) - '0');
                unit /= 10;
                at++;
            }
            if (at == first) {
                return INVALID;
            }
        }
        int offset = offsetSeconds(text, at);
        if (offset == Integer.MIN_VALUE) {
            return INVALID;
        }
        if (second == 60) {
            second = 59;
            micros = MICROS - 1;
        }
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second - offset;
        return seconds * MICROS + micros;
    }

    private static int offsetSeconds(String text, int at) {
        int end = text.length();
        if (at == end - 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
            return 0;
        }
        if (at != end - 6 || text.charAt(at + 3) != ':' || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
            return Integer.MIN_VALUE;
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = number(text, at + 4, at + 6);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3_600 + minutes * 60;
        return text.charAt(at) == '-' ? -seconds : seconds;
    }

    /** -1 where a character is no digit. */
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static long epochDay(int year, int month, int day) {
        long before = year - 1L;
        long days = year * 365L + Math.floorDiv(before, 4) - Math.floorDiv(before, 100) + Math.floorDiv(before, 400);
        days += DAYS_BEFORE_MONTH[month - 1] + day - 1;
        return days + (month > 2 && isLeap(year) ? 1 : 0) - 719_527L;
    }
}
