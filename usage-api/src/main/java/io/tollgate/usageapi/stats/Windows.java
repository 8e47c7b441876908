package io.tollgate.usageapi.stats;

import io.tollgate.usageapi.problem.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of a range, side by side.
 *
 * @param starts where each begins, ascending
 * @param end where the last one ends
 */
public record Windows(List<Instant> starts, Instant end) {
    /** A year of hours and a bit: more is a question for an export. */
    public static final int MAX = 10_000;

    private static final long DAY_SECONDS = 86_400;
    private static final long QUARTER_HOUR_SECONDS = 900;

    public Windows {
        starts = List.copyOf(starts);
    }

    /**
     * The windows of {@code [from, to)}.
     *
     * @throws Problem if a bound is not on an edge, if there is no window between them, or too many
     */
    public static Windows between(Instant from, Instant to, WindowSize size, ZoneId zone) {
        requireEdge("from", from, size, zone);
        requireEdge("to", to, size, zone);
        if (!from.isBefore(to)) {
            throw Problem.parameter("to", "invalid_range", "`to` (" + to + ") must be after `from` (" + from + ").");
        }
        return covering(from, to, size, zone);
    }

    /**
     * The windows of {@code [from, to)}, of whose first and last only a part may be in it.
     *
     * @throws Problem if there are too many
     */
    public static Windows covering(Instant from, Instant to, WindowSize size, ZoneId zone) {
        List<Instant> starts = new ArrayList<>();
        for (Instant edge = from; edge.isBefore(to); edge = size.next(size.floor(edge, zone), zone)) {
            if (starts.size() == MAX) {
                throw Problem.parameter(
                        "window", "too_many_windows", "The range has more than " + MAX + " windows; take wider ones.");
            }
            requireQuarterHour(edge, zone);
            starts.add(edge);
        }
        return new Windows(starts, to);
    }

    /** All of the range as one window. */
    Windows asOne() {
        return new Windows(List.of(from()), end);
    }

    /** As many windows as these, right before them. */
    Windows previous(WindowSize size, ZoneId zone) {
        List<Instant> before = new ArrayList<>();
        Instant edge = from();
        for (int i = 0; i < starts.size(); i++) {
            edge = size.previous(edge, zone);
            before.add(0, edge);
        }
        return new Windows(before, from());
    }

    /** These, and those that begin where these end. */
    Windows and(Windows later) {
        List<Instant> all = new ArrayList<>(starts);
        all.addAll(later.starts);
        return new Windows(all, later.end);
    }

    public Instant from() {
        return starts.get(0);
    }

    /** Whether the totals of UTC days, which are far fewer, can answer. */
    public boolean areWholeUtcDays() {
        return end.getEpochSecond() % DAY_SECONDS == 0
                && starts.stream().allMatch(start -> start.getEpochSecond() % DAY_SECONDS == 0);
    }

    private static void requireEdge(String name, Instant time, WindowSize size, ZoneId zone) {
        Instant before = size.floor(time, zone);
        if (!before.equals(time)) {
            throw Problem.parameter(
                    name,
                    "not_on_window_edge",
                    "`" + name + "` (" + time + ") is not where " + a(size) + " begins in " + zone
                            + "; the nearest are " + text(before, zone) + " and " + text(size.next(before, zone), zone)
                            + ".");
        }
        requireQuarterHour(time, zone);
    }

    private static void requireQuarterHour(Instant time, ZoneId zone) {
        if (time.getEpochSecond() % QUARTER_HOUR_SECONDS != 0) {
            throw Problem.parameter(
                    "timezone",
                    "invalid_timezone",
                    "The clock of " + zone + " is not a whole number of quarter hours from UTC at " + time
                            + ", and totals are kept by quarter hour.");
        }
    }

    private static String a(WindowSize size) {
        return size == WindowSize.HOUR ? "an hour" : "a " + size.word();
    }

    private static String text(Instant edge, ZoneId zone) {
        ZonedDateTime local = edge.atZone(zone);
        String utc = edge.toString();
        OffsetDateTime inZone = local.toOffsetDateTime();
        return inZone.getOffset().equals(ZoneOffset.UTC)
                ? utc
                : utc + " (" + DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(inZone) + ")";
    }
}
