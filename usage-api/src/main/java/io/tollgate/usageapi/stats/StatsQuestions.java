package io.tollgate.usageapi.stats;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.TimeParameter;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a question from a query.
 *
 * <p>Defaults: windows are days of UTC. Without {@code to} the range ends with the window that now is in; without
 * {@code from} it begins with the day (of hours) or the month (of days and months) that its last window is in.
 */
final class StatsQuestions {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final int MAX_GROUPS = 8;
    private static final Set<String> OWN = Set.of("from", "to", "window", "timezone", "group_by");

    private StatsQuestions() {}

    /** All parameters but labels' filters. */
    static Set<String> parameters() {
        Set<String> known = new HashSet<>(OWN);
        known.addAll(Grouping.columnWords());
        return known;
    }

    /**
     * The question.
     *
     * @param intradayKept how long quarter hours are kept, which answer whatever is not whole days of UTC
     */
    static StatsQuestion read(Map<String, List<String>> query, Caller caller, Instant now, Duration intradayKept) {
        QueryParameters parameters = QueryParameters.of(
                query, parameters(), name -> name.startsWith(Grouping.LABEL_PREFIX) && Grouping.of(name) != null);
        Windows windows = windows(parameters, now);
        requireKept(windows, now, intradayKept);
        return new StatsQuestion(windows, groups(parameters), filters(parameters, caller));
    }

    private static Windows windows(QueryParameters parameters, Instant now) {
        WindowSize size = size(parameters.one("window"));
        ZoneId zone = zone(parameters.one("timezone"));
        Instant from = TimeParameter.read(parameters, "from", zone);
        Instant to = TimeParameter.read(parameters, "to", zone);
        if (to == null) {
            to = size.next(size.floor(now, zone), zone);
        }
        if (from == null) {
            WindowSize whole = size == WindowSize.HOUR ? WindowSize.DAY : WindowSize.MONTH;
            from = whole.floor(to.minusNanos(1), zone);
        }
        return Windows.between(from, to, size, zone);
    }

    /** Rather than sums of what is left. */
    private static void requireKept(Windows windows, Instant now, Duration intradayKept) {
        // A day to spare: the sink's clock may be ahead.
        LocalDate oldest = LocalDate.ofInstant(now, UTC).minusDays(intradayKept.toDays() - 1);
        if (!windows.areWholeUtcDays()
                && windows.from().isBefore(oldest.atStartOfDay(UTC).toInstant())) {
            throw Problem.parameter(
                    "from",
                    "beyond_retention",
                    "Totals of less than a day of UTC are kept for " + intradayKept.toDays() + " days; `from` ("
                            + windows.from() + ") must be " + oldest + " or later, or the windows days of UTC.");
        }
    }

    private static WindowSize size(@Nullable String word) {
        if (word == null) {
            return WindowSize.DAY;
        }
        return Arrays.stream(WindowSize.values())
                .filter(size -> size.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.parameter(
                        "window", "invalid_parameter", "`window` is `" + word + "`; it can be hour, day or month."));
    }

    private static ZoneId zone(@Nullable String name) {
        if (name == null) {
            return UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Problem.parameter(
                    "timezone",
                    "invalid_timezone",
                    "`timezone` is `" + name + "`; it needs a name of the IANA database, like Europe/Berlin.");
        }
    }

    private static List<Grouping> groups(QueryParameters parameters) {
        Set<Grouping> groups = new LinkedHashSet<>();
        for (String given : parameters.all("group_by")) {
            for (String word : given.split(",", -1)) {
                if (word.isBlank()) {
                    continue;
                }
                Grouping group = Grouping.of(word.strip());
                if (group == null) {
                    throw Problem.parameter(
                            "group_by",
                            "invalid_parameter",
                            "`group_by` has `" + word.strip() + "`; it takes " + Grouping.columnWords()
                                    + " and label:NAME.");
                }
                groups.add(group);
            }
        }
        if (groups.size() > MAX_GROUPS) {
            throw Problem.parameter(
                    "group_by", "invalid_parameter", "`group_by` has more than " + MAX_GROUPS + " words.");
        }
        return List.copyOf(groups);
    }

    private static List<Filter> filters(QueryParameters parameters, Caller caller) {
        List<Filter> filters = new ArrayList<>();
        companies(parameters, caller).forEach(filters::add);
        for (String name : parameters.names()) {
            Grouping by = Grouping.of(name);
            if (by != null && by != Grouping.Column.COMPANY) {
                filters.add(new Filter(by, parameters.all(name)));
            }
        }
        return filters;
    }

    /** The filter that keeps companies apart: there for every caller who is not an administrator. */
    private static List<Filter> companies(QueryParameters parameters, Caller caller) {
        List<String> asked = parameters.all("company");
        if (asked.isEmpty()) {
            String only = caller.limitedTo(null);
            return only == null ? List.of() : List.of(new Filter(Grouping.Column.COMPANY, List.of(only)));
        }
        asked.forEach(caller::limitedTo);
        return List.of(new Filter(Grouping.Column.COMPANY, asked));
    }
}
