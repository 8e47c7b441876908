package io.tollgate.sink.text;

/** Dates and times of the proleptic Gregorian calendar, UTC, as PostgreSQL reads them under any {@code DateStyle}. */
public final class Calendar {
    public static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int DAYS_PER_ERA = 146_097;
    private static final int DAYS_TO_MARCH_OF_YEAR_0 = 719_468;

    private Calendar() {}

    /** UTC day that an epoch µs lies in, in days since 1970. */
    public static long dayOf(long epochMicros) {
        return Math.floorDiv(epochMicros, MICROS_PER_DAY);
    }

    /** {@code 2026-11-21} */
    public static void date(long epochDay, ByteText out) {
        if (day(epochDay, out)) {
            out.ascii(" BC");
        }
    }

    /** {@code 2026-11-21 10:00:00.123456+00} */
    public static void timestamp(long epochMicros, ByteText out) {
        long micros = Math.floorMod(epochMicros, MICROS_PER_DAY);
        int seconds = (int) (micros / 1_000_000);
        boolean beforeChrist = day(dayOf(epochMicros), out);
        out.octet(' ');
        out.padded(seconds / 3_600, 2);
        out.octet(':');
        out.padded(seconds / 60 % 60, 2);
        out.octet(':');
        out.padded(seconds % 60, 2);
        out.octet('.');
        out.padded((int) (micros % 1_000_000), 6);
        out.ascii("+00");
        if (beforeChrist) {
            out.ascii(" BC");
        }
    }

    /** The same as a string, by way of a buffer that is overwritten. */
    public static String dateText(long epochDay, ByteText scratch) {
        scratch.clear();
        date(epochDay, scratch);
        return scratch.toString();
    }

    /** The same as a string, by way of a buffer that is overwritten. */
    public static String timestampText(long epochMicros, ByteText scratch) {
        scratch.clear();
        timestamp(epochMicros, scratch);
        return scratch.toString();
    }

    /** Howard Hinnant's civil_from_days: years begin in March, so that the leap day is the last. */
    private static boolean day(long epochDay, ByteText out) {
        long days = epochDay + DAYS_TO_MARCH_OF_YEAR_0;
        long era = Math.floorDiv(days, DAYS_PER_ERA);
        int dayOfEra = (int) Math.floorMod(days, (long) DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        boolean beforeChrist = year < 1;
        long shown = beforeChrist ? 1 - year : year;
        out.padded((int) shown, shown < 10_000 ? 4 : 6);
        out.octet('-');
        out.padded(month, 2);
        out.octet('-');
        out.padded(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2);
        return beforeChrist;
    }
}
