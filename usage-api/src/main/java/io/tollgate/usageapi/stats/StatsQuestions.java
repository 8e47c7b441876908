package io.tollgate.usageapi.stats;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.TimeParameter;
import io.tollgate.usageapi.problem.ZoneParameter;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
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
 * {@code from} it begins with the day (of hours) or the month (of all else) that its last window begins in; of weeks with
 * the week that this month begins in.
 */
public final class StatsQuestions {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final int MAX_GROUPS = 8;
    private static final int MAX_TOP = 1_000;
    private static final String TOTAL = "total";
    private static final String PREVIOUS = "previous";
    private static final Set<String> OWN =
            Set.of("from", "to", "window", "timezone", "group_by", "top", "order_by", "compare");

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
    static ReportQuestion read(Map<String, List<String>> query, Caller caller, Instant now, Duration intradayKept) {
        QueryParameters parameters = QueryParameters.of(query, parameters(), Grouping::isLabel);
        boolean isOne = TOTAL.equals(parameters.one("window"));
        WindowSize size = isOne ? WindowSize.DAY : size(parameters.one("window"));
        ZoneId zone = ZoneParameter.read(parameters, "timezone");
        Windows steps = windows(parameters, size, zone, now);
        Windows before = isCompared(parameters) ? before(steps, isOne, size, zone) : null;
        Windows windows = isOne ? steps.asOne() : steps;
        requireKept(before == null ? windows : before.and(windows), now, intradayKept);
        Measure orderBy = orderBy(parameters);
        Integer top = top(parameters);
        return new ReportQuestion(
                windows,
                before,
                groups(parameters.all("group_by")),
                filters(parameters, caller),
                top,
                orderBy == null ? Measure.COST : orderBy,
                orderBy != null || top != null);
    }

    private static Windows windows(QueryParameters parameters, WindowSize size, ZoneId zone, Instant now) {
        Instant from = TimeParameter.read(parameters, "from", zone);
        Instant to = TimeParameter.read(parameters, "to", zone);
        if (to == null) {
            to = size.next(size.floor(now, zone), zone);
        }
        if (from == null) {
            WindowSize whole = size == WindowSize.HOUR ? WindowSize.DAY : WindowSize.MONTH;
            from = size.floor(whole.floor(size.previous(to, zone), zone), zone);
        }
        return Windows.between(from, to, size, zone);
    }

    /** Of one window made of whole months, as many months; so that November is compared with all of October. */
    private static Windows before(Windows steps, boolean isOne, WindowSize size, ZoneId zone) {
        if (!isOne) {
            return steps.previous(size, zone);
        }
        boolean isMonths = WindowSize.MONTH.floor(steps.from(), zone).equals(steps.from())
                && WindowSize.MONTH.floor(steps.end(), zone).equals(steps.end());
        return isMonths
                ? Windows.between(steps.from(), steps.end(), WindowSize.MONTH, zone)
                        .previous(WindowSize.MONTH, zone)
                        .asOne()
                : steps.previous(size, zone).asOne();
    }

    private static boolean isCompared(QueryParameters parameters) {
        String with = parameters.one("compare");
        if (with != null && !with.equals(PREVIOUS)) {
            throw Problem.parameter(
                    "compare", "invalid_parameter", "`compare` is `" + with + "`; it can be " + PREVIOUS + ".");
        }
        return with != null;
    }

    private static @Nullable Integer top(QueryParameters parameters) {
        String given = parameters.one("top");
        if (given == null) {
            return null;
        }
        try {
            int top = Integer.parseInt(given);
            if (top >= 1 && top <= MAX_TOP) {
                return top;
            }
        } catch (NumberFormatException e) {
            // Answered below.
        }
        throw Problem.parameter(
                "top", "invalid_parameter", "`top` is `" + given + "`; it is from 1 to " + MAX_TOP + ".");
    }

    private static @Nullable Measure orderBy(QueryParameters parameters) {
        String word = parameters.one("order_by");
        Measure measure = word == null ? null : Measure.of(word);
        if (word != null && measure == null) {
            throw Problem.parameter(
                    "order_by",
                    "invalid_parameter",
                    "`order_by` is `" + word + "`; it can be one of " + Measure.words() + ".");
        }
        return measure;
    }

    /** Rather than sums of what is left. */
    public static void requireKept(Windows windows, Instant now, Duration intradayKept) {
        Instant oldest = oldestKept(now, intradayKept);
        if (!windows.areWholeUtcDays() && windows.from().isBefore(oldest)) {
            throw Problem.parameter(
                    "from",
                    "beyond_retention",
                    "Totals of less than a day of UTC are kept for " + intradayKept.toDays() + " days; `from` ("
                            + windows.from() + ") must be " + LocalDate.ofInstant(oldest, UTC)
                            + " or later, or the windows days of UTC.");
        }
    }

    /** From when on there are quarter hours. A day to spare: the sink's clock may be ahead. */
    public static Instant oldestKept(Instant now, Duration intradayKept) {
        return LocalDate.ofInstant(now, UTC)
                .minusDays(intradayKept.toDays() - 1)
                .atStartOfDay(UTC)
                .toInstant();
    }

    private static WindowSize size(@Nullable String word) {
        if (word == null) {
            return WindowSize.DAY;
        }
        return Arrays.stream(WindowSize.values())
                .filter(size -> size.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.parameter(
                        "window",
                        "invalid_parameter",
                        "`window` is `" + word + "`; it can be hour, day, week, month or total."));
    }

    /** Of words that may be listed or repeated. */
    public static List<Grouping> groups(List<String> words) {
        Set<Grouping> groups = new LinkedHashSet<>();
        for (String given : words) {
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
        // Every row is of one currency anyway.
        groups.remove(Grouping.Column.CURRENCY);
        if (groups.size() > MAX_GROUPS) {
            throw Problem.parameter(
                    "group_by", "invalid_parameter", "`group_by` has more than " + MAX_GROUPS + " words.");
        }
        return List.copyOf(groups);
    }

    /** By columns and labels, and always by the caller's company. */
    public static List<Filter> filters(QueryParameters parameters, Caller caller) {
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
