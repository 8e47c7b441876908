package io.tollgate.usageapi.stats;

import io.tollgate.usageapi.stats.Grouping.Column;
import io.tollgate.usageapi.stats.Grouping.Label;
import io.tollgate.usageapi.stats.Part.Range;
import io.tollgate.usageapi.stats.Part.Shift;
import io.tollgate.usageapi.stats.Part.Shifts;
import io.tollgate.usageapi.stats.Part.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which tables answer a question with the fewest rows. Each row of usage counts once, whichever parts it lies in.
 *
 * <p>Roll-ups hold the days before {@code rolledUp}. Windows that are no days of UTC are answered as if they were the nearest
 * ones, and the quarter hours between a window's edge and the nearest midnight are then moved where they belong: a day of Berlin
 * is a day of UTC and twice an hour or two. Days from {@code rolledUp} on are still written: what is moved there could be
 * in one of the two tables a moment before it is in the other, so these come from their quarter hours alone.
 */
final class Parts {
    private static final Duration DAY = Duration.ofDays(1);

    private final StatsQuestion question;
    private final Instant open;

    private Parts(StatsQuestion question, Instant open) {
        this.question = question;
        this.open = open;
    }

    static List<Part> of(StatsQuestion question, LocalDate rolledUp) {
        Instant open = rolledUp.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Parts(question, open).parts();
    }

    private List<Part> parts() {
        Windows windows = question.windows();
        if (windows.areWholeUtcDays()) {
            return days(windows.starts(), windows.end());
        }
        List<Shift> shifts = shifts();
        Instant closed = earlier(open, windows.end());
        Duration moved = shifts.stream()
                .map(shift -> Duration.between(shift.from(), shift.to()))
                .reduce(Duration.ZERO, Duration::plus);
        if (moved.multipliedBy(2).compareTo(Duration.between(windows.from(), closed)) >= 0) {
            return List.of(new Range(Table.QUARTER_HOURS, windows.starts(), windows.from(), windows.end()));
        }
        List<Instant> midnights = windows.starts().stream()
                .filter(start -> start.isBefore(closed))
                .map(Parts::nearestMidnight)
                .toList();
        List<Part> parts = new ArrayList<>(days(midnights, nearestMidnight(closed)));
        if (!shifts.isEmpty()) {
            parts.add(new Shifts(shifts));
        }
        if (open.isBefore(windows.end())) {
            parts.add(new Range(Table.QUARTER_HOURS, windows.starts(), open, windows.end()));
        }
        return parts;
    }

    private List<Part> days(List<Instant> starts, Instant end) {
        Instant from = starts.get(0);
        Table rollUp = rollUp(starts, end);
        if (rollUp == Table.DAYS || !from.isBefore(open)) {
            return List.of(new Range(Table.DAYS, starts, from, end));
        }
        Instant closed = earlier(open, end);
        List<Part> parts = new ArrayList<>();
        parts.add(new Range(rollUp, starts, from, closed));
        parts.add(new Range(Table.CHANGES, starts, from, closed));
        if (open.isBefore(end)) {
            parts.add(new Range(Table.DAYS, starts, open, end));
        }
        return parts;
    }

    /** The smallest table that tells apart what the question does. */
    private Table rollUp(List<Instant> starts, Instant end) {
        // A month's row has nothing of the days that are not rolled up.
        boolean ofMonths =
                starts.stream().allMatch(Parts::isFirstOfMonth) && (isFirstOfMonth(end) || !end.isBefore(open));
        if (isBy(by -> by == Column.USER || by == Column.AUTH_ID || by instanceof Label)) {
            return ofMonths ? Table.BY_MONTH : Table.DAYS;
        }
        if (!isBy(by -> by == Column.COMPANY)) {
            return ofMonths ? Table.BY_MODEL_AND_MONTH : Table.BY_MODEL;
        }
        if (isBy(by -> by == Column.PROVIDER || by == Column.MODEL || by == Column.SERVICE_TIER)) {
            return ofMonths ? Table.BY_COMPANY_MODEL_AND_MONTH : Table.BY_COMPANY_AND_MODEL;
        }
        return ofMonths ? Table.BY_COMPANY_AND_MONTH : Table.BY_COMPANY;
    }

    private boolean isBy(Predicate<Grouping> one) {
        return Stream.concat(
                        question.groups().stream(), question.filters().stream().map(StatsQuestion.Filter::by))
                .anyMatch(one);
    }

    /** What lies between the edges of windows and the nearest midnights, in days that are rolled up. */
    private List<Shift> shifts() {
        List<Instant> edges = new ArrayList<>(question.windows().starts());
        edges.add(question.windows().end());
        int last = edges.size() - 1;
        List<Shift> shifts = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            Instant edge = edges.get(i);
            Instant midnight = nearestMidnight(edge);
            if (edge.equals(midnight) || !edge.isBefore(open)) {
                continue;
            }
            boolean later = edge.isBefore(midnight);
            Instant from = earlier(edge, midnight);
            Instant to = later ? midnight : edge;
            if (i > 0) {
                shifts.add(new Shift(from, to, i, later ? -1 : 1));
            }
            if (i < last) {
                shifts.add(new Shift(from, to, i + 1, later ? 1 : -1));
            }
        }
        return shifts;
    }

    private static boolean isFirstOfMonth(Instant midnight) {
        return midnight.atOffset(ZoneOffset.UTC).getDayOfMonth() == 1;
    }

    private static Instant nearestMidnight(Instant time) {
        long seconds = time.plus(DAY.dividedBy(2)).getEpochSecond();
        return Instant.ofEpochSecond(Math.floorDiv(seconds, DAY.toSeconds()) * DAY.toSeconds());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
