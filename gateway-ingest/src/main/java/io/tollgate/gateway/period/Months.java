package io.tollgate.gateway.period;

import io.tollgate.avro.ClosedPeriod;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Months by UTC, which is what usage is billed by, as {@code YYYY-MM}. */
public final class Months {
    private static final Pattern TEXT = Pattern.compile("[0-9]{4}-[0-9]{2}");
    /** PostgreSQL has no year 0, and nothing was metered before this one. */
    private static final int FIRST_YEAR = 1970;

    private Months() {}

    /** Null where it is none. */
    public static @Nullable YearMonth parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            return null;
        }
        try {
            YearMonth month = YearMonth.parse(text);
            return month.getYear() < FIRST_YEAR ? null : month;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The record by which a month is closed: its own or, where a later one was closed first, that one's. Null: it is open. */
    public static @Nullable ClosedPeriod closing(YearMonth month, Collection<ClosedPeriod> closed) {
        return closed.stream()
                .filter(period -> period.getMonth().compareTo(month.toString()) >= 0)
                .min(Comparator.comparing(ClosedPeriod::getMonth))
                .orElse(null);
    }

    /** Whether it is over, so that no more of it can be used. */
    public static boolean hasEnded(YearMonth month, Instant now) {
        return !now.isBefore(
                month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** The newest month that ended at least {@code grace} ago. */
    static YearMonth due(Instant now, Duration grace) {
        return YearMonth.from(now.minus(grace).atZone(ZoneOffset.UTC)).minusMonths(1);
    }
}
