package io.tollgate.usageapi.problem;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A moment in a query: RFC 3339, or a date, which is the start of that day in the query's time zone. */
public final class TimeParameter {
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final int DATE_LENGTH = "2026-11-21".length();

    private TimeParameter() {}

    /**
     * The moment, null where the parameter is absent.
     *
     * @throws Problem if it is no moment
     */
    public static @Nullable Instant read(QueryParameters parameters, String name, ZoneId zone) {
        String given = parameters.one(name);
        if (given == null) {
            return null;
        }
        try {
            // A plus that was not escaped in the URL arrives as a space.
            Instant time = given.length() == DATE_LENGTH
                    ? LocalDate.parse(given).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(given.replace(' ', '+')).toInstant();
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // Answered below.
        }
        throw Problem.parameter(
                name,
                "invalid_time",
                "`" + name + "` is `" + given
                        + "`; it needs a time like 2026-11-21T00:00:00Z or a date like 2026-11-21.");
    }

    /**
     * A day of UTC, null where the parameter is absent.
     *
     * @throws Problem if it is no moment, or not one that a day begins at
     */
    public static @Nullable LocalDate day(QueryParameters parameters, String name) {
        Instant time = read(parameters, name, ZoneOffset.UTC);
        if (time == null) {
            return null;
        }
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        if (!day.atStartOfDay(ZoneOffset.UTC).toInstant().equals(time)) {
            throw Problem.parameter(
                    name,
                    "not_on_window_edge",
                    "`" + name + "` (" + time + ") is not where a day begins in UTC; the nearest are " + day + " and "
                            + day.plusDays(1) + ".");
        }
        return day;
    }
}
