package io.tollgate.usageapi.stats;

import io.tollgate.schemas.decimal.Decimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Totals made into a report. Pure, and without a loss: whatever is asked for, a window's rows add up to the totals of the
 * window, currency by currency.
 */
final class Report {

    /** What is ranked: currencies are never compared. */
    private record Group(List<@Nullable String> values, @Nullable String currency) {}

    /** Of a report's row. All the rest is one group, whose values are null. */
    private record Place(int window, Group group, boolean isOther) {}

    private record Whole(int window, @Nullable String currency) {}

    private final ReportQuestion question;
    private final @Nullable Set<Group> top;

    private Report(ReportQuestion question, @Nullable Set<Group> top) {
        this.question = question;
        this.top = top;
    }

    /**
     * The report.
     *
     * @param rows answer to {@link ReportQuestion#totals}
     */
    static List<ReportRow> of(ReportQuestion question, List<StatsRow> rows) {
        List<StatsRow> current = within(question.windows(), rows);
        Windows before = question.previous();
        List<StatsRow> previous = before == null ? List.of() : within(before, rows);
        return new Report(question, top(question, current)).rows(current, previous);
    }

    private static List<StatsRow> within(Windows windows, List<StatsRow> rows) {
        return rows.stream()
                .filter(row -> !row.windowStart().isBefore(windows.from())
                        && row.windowStart().isBefore(windows.end()))
                .toList();
    }

    /** The groups with the most over all windows, so that they are the same in each; null: every one. */
    private static @Nullable Set<Group> top(ReportQuestion question, List<StatsRow> rows) {
        Integer wanted = question.top();
        if (wanted == null) {
            return null;
        }
        Map<Group, Decimal> sums = new LinkedHashMap<>();
        rows.forEach(row -> sums.merge(group(row), question.orderBy().orZero(row), Decimal::plus));
        Map<String, Integer> chosen = new HashMap<>();
        Set<Group> top = new HashSet<>();
        sums.entrySet().stream()
                .sorted(Map.Entry.<Group, Decimal>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .filter(group -> chosen.merge(String.valueOf(group.currency), 1, Integer::sum) <= wanted)
                .forEach(top::add);
        return top;
    }

    private List<ReportRow> rows(List<StatsRow> current, List<StatsRow> previous) {
        Map<Place, StatsRow> now = folded(question.windows(), current);
        Windows earlier = question.previous();
        Map<Place, StatsRow> before = earlier == null ? Map.of() : folded(earlier, previous);
        // What was used before and is not any more is a change, too.
        before.forEach((place, row) -> now.computeIfAbsent(place, absent -> noneAt(place)));
        Map<Whole, Decimal> wholes = new HashMap<>();
        now.forEach(
                (place, row) -> wholes.merge(whole(place), question.orderBy().orZero(row), Decimal::plus));

        List<Map.Entry<Place, StatsRow>> entries = new ArrayList<>(now.entrySet());
        entries.sort(order());
        List<ReportRow> rows = new ArrayList<>();
        for (Map.Entry<Place, StatsRow> entry : entries) {
            Place place = entry.getKey();
            StatsRow row = entry.getValue();
            Decimal share = Ratio.rate(question.orderBy().of(row), wholes.get(whole(place)));
            StatsRow was = earlier == null
                    ? null
                    : before.computeIfAbsent(
                            place,
                            absent -> StatsRow.none(
                                    earlier.starts().get(place.window), place.group.values, place.group.currency));
            rows.add(new ReportRow(row, place.isOther, share, was));
        }
        return rows;
    }

    private Map<Place, StatsRow> folded(Windows windows, List<StatsRow> rows) {
        Map<Instant, Integer> numbers = new HashMap<>();
        windows.starts().forEach(start -> numbers.put(start, numbers.size()));
        Map<Place, StatsRow> folded = new LinkedHashMap<>();
        for (StatsRow row : rows) {
            int window = Objects.requireNonNull(numbers.get(row.windowStart()), "a row of no window");
            Group group = group(row);
            boolean isOther = top != null && !top.contains(group);
            Place place = new Place(window, isOther ? rest(group) : group, isOther);
            StatsRow sum = folded.get(place);
            folded.put(place, sum == null ? named(row, place) : sum.plus(row));
        }
        return folded;
    }

    private static StatsRow named(StatsRow row, Place place) {
        return place.isOther
                ? StatsRow.none(row.windowStart(), place.group.values, row.currency())
                        .plus(row)
                : row;
    }

    private StatsRow noneAt(Place place) {
        return StatsRow.none(question.windows().starts().get(place.window), place.group.values, place.group.currency);
    }

    private Comparator<Map.Entry<Place, StatsRow>> order() {
        Comparator<Map.Entry<Place, StatsRow>> byWindow = Comparator.comparingInt(entry -> entry.getKey().window);
        return question.ordered()
                ? byWindow.thenComparing(entry -> entry.getKey().isOther)
                        .thenComparing(entry -> question.orderBy().orZero(entry.getValue()), Comparator.reverseOrder())
                : byWindow;
    }

    private static Group group(StatsRow row) {
        return new Group(row.groups(), row.currency());
    }

    private static Group rest(Group group) {
        return new Group(Collections.nCopies(group.values.size(), null), group.currency);
    }

    private static Whole whole(Place place) {
        return new Whole(place.window, place.group.currency);
    }
}
