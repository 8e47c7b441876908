package io.tollgate.usageapi.forecast;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.ZoneParameter;
import io.tollgate.usageapi.stats.Grouping;
import io.tollgate.usageapi.stats.StatsQuestion;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import io.tollgate.usageapi.stats.StatsQuestions;
import io.tollgate.usageapi.stats.WindowSize;
import io.tollgate.usageapi.stats.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of which period a forecast is asked for, and by what.
 *
 * @param now the period is the one that it lies in
 */
record ForecastQuestion(WindowSize period, ZoneId zone, Instant now, List<Grouping> groups, List<Filter> filters) {
    /** Weeks that a forecast is made of, at most; one more is looked at, for whether they are whole. */
    static final int WEEKS = 4;

    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
    private static final List<WindowSize> PERIODS = List.of(WindowSize.MONTH, WindowSize.WEEK, WindowSize.DAY);
    private static final Set<String> OWN = Set.of("period", "timezone", "group_by");

    /** All parameters but labels' filters. */
    static Set<String> parameters() {
        Set<String> known = new HashSet<>(OWN);
        known.addAll(Grouping.columnWords());
        return known;
    }

    static ForecastQuestion read(Map<String, List<String>> query, Caller caller, Instant now, Duration intradayKept) {
        QueryParameters parameters = QueryParameters.of(query, parameters(), Grouping::isLabel);
        ForecastQuestion question = new ForecastQuestion(
                period(parameters.one("period")),
                ZoneParameter.read(parameters, "timezone"),
                now,
                StatsQuestions.groups(parameters.all("group_by")),
                StatsQuestions.filters(parameters, caller));
        StatsQuestions.requireKept(question.days().windows(), now, intradayKept);
        return question;
    }

    private static WindowSize period(@Nullable String word) {
        return word == null
                ? WindowSize.MONTH
                : PERIODS.stream()
                        .filter(period -> period.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> Problem.parameter(
                                "period",
                                "invalid_parameter",
                                "`period` is `" + word + "`; it can be month, week or day."));
    }

    Instant start() {
        return period.floor(now, zone);
    }

    Instant end() {
        return period.next(start(), zone);
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }

    /** Days of the period so far, and of the weeks before today; events may lie some minutes ahead. */
    StatsQuestion days() {
        Instant oldest = startOf(today().minusWeeks(WEEKS + 1L));
        Instant from = Stream.of(oldest, start()).min(Comparator.naturalOrder()).get();
        Instant to = Stream.of(startOf(today().plusDays(2)), end())
                .min(Comparator.naturalOrder())
                .get();
        return new StatsQuestion(Windows.between(from, to, WindowSize.DAY, zone), groups, filters);
    }

    /** What is left of today, on the same weekday of each of the weeks before; empty where nothing is left. */
    List<StatsQuestion> restsOfToday() {
        long quarterHours = now.getEpochSecond() / QUARTER_HOUR.toSeconds() + 1;
        Instant cut = Instant.EPOCH.plus(QUARTER_HOUR.multipliedBy(quarterHours));
        List<StatsQuestion> rests = new ArrayList<>();
        for (int week = 1; week <= WEEKS; week++) {
            Instant from = cut.atZone(zone).minusWeeks(week).toInstant();
            Instant to = startOf(today().minusWeeks(week).plusDays(1));
            if (!from.isBefore(to)) {
                return List.of();
            }
            rests.add(new StatsQuestion(new Windows(List.of(from), to), groups, filters));
        }
        return rests;
    }

    /** Days after today that the period still has. */
    int daysLeft() {
        int days = 0;
        while (startOf(today().plusDays(days + 1L)).isBefore(end())) {
            days++;
        }
        return days;
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
