package io.tollgate.usageapi.meter;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.TimeParameter;
import io.tollgate.usageapi.problem.ZoneParameter;
import io.tollgate.usageapi.stats.StatsQuestion;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import io.tollgate.usageapi.stats.StatsQuestions;
import io.tollgate.usageapi.stats.WindowSize;
import io.tollgate.usageapi.stats.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a meter. Bounds need not lie on edges of windows: charts ask for the last so many days from now. They are
 * widened to quarter hours, which is what is kept.
 *
 * @param from null: since the first usage
 * @param to exclusive
 * @param size null: one window
 */
record MeterQuestion(
        Meter meter,
        @Nullable Instant from,
        Instant to,
        @Nullable WindowSize size,
        ZoneId zone,
        List<MeterGroup> groups,
        List<Filter> filters) {
    static final Set<String> PARAMETERS = Set.of(
            "clientId",
            "from",
            "to",
            "windowSize",
            "windowTimeZone",
            "subject",
            "groupBy",
            MeterFilters.CUSTOMERS,
            MeterFilters.ADVANCED);

    private static final long QUARTER_HOUR = 900;
    private static final Map<String, WindowSize> SIZES =
            Map.of("HOUR", WindowSize.HOUR, "DAY", WindowSize.DAY, "MONTH", WindowSize.MONTH);

    static MeterQuestion read(String meter, Map<String, List<String>> query, Caller caller, Instant now) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS, MeterFilters::isSimple);
        ZoneId zone = ZoneParameter.read(parameters, "windowTimeZone");
        Instant from = TimeParameter.read(parameters, "from", zone);
        Instant to = TimeParameter.read(parameters, "to", zone);
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.parameter("to", "invalid_range", "`to` (" + to + ") must be after `from` (" + from + ").");
        }
        return new MeterQuestion(
                Meter.of(meter),
                from == null ? null : floor(from),
                to == null
                        ? WindowSize.DAY.next(now, ZoneOffset.UTC)
                        : floor(to.plusSeconds(QUARTER_HOUR).minusNanos(1)),
                size(parameters.one("windowSize")),
                zone,
                groups(parameters),
                MeterFilters.read(parameters, caller));
    }

    private static @Nullable WindowSize size(@Nullable String word) {
        if (word == null) {
            return null;
        }
        WindowSize size = SIZES.get(word.toUpperCase(Locale.ROOT));
        if (size == null) {
            throw Problem.parameter(
                    "windowSize",
                    "invalid_parameter",
                    "`windowSize` is `" + word + "`; it can be HOUR, DAY or MONTH: totals are kept by quarter hour.");
        }
        return size;
    }

    /** As listed or repeated; who filters by subjects or customers wants to tell them apart. */
    private static List<MeterGroup> groups(QueryParameters parameters) {
        Map<String, MeterGroup> groups = new LinkedHashMap<>();
        for (String given : parameters.all("groupBy")) {
            for (String name : given.split(",", -1)) {
                if (!name.isBlank()) {
                    groups.put(name, MeterGroup.of("groupBy", name));
                }
            }
        }
        if (!parameters.all(MeterGroup.SUBJECT).isEmpty()) {
            groups.put(MeterGroup.SUBJECT, MeterGroup.of("groupBy", MeterGroup.SUBJECT));
        }
        if (!parameters.all(MeterFilters.CUSTOMERS).isEmpty()) {
            groups.put(MeterGroup.CUSTOMER, MeterGroup.of("groupBy", MeterGroup.CUSTOMER));
        }
        return List.copyOf(groups.values());
    }

    /**
     * What answers it.
     *
     * @param earliest start of the day of the first usage
     */
    StatsQuestion totals(Instant earliest, Instant now, Duration intradayKept) {
        Windows windows = windows(from == null ? earliest : from);
        if (from == null && !windows.areWholeUtcDays()) {
            Instant oldest = StatsQuestions.oldestKept(now, intradayKept);
            windows = earliest.isBefore(oldest) ? windows(oldest) : windows;
        }
        StatsQuestions.requireKept(windows, now, intradayKept);
        return new StatsQuestion(windows, groups.stream().map(MeterGroup::by).toList(), filters);
    }

    private Windows windows(Instant first) {
        Instant start = first.isBefore(to) ? first : to.minusSeconds(QUARTER_HOUR);
        return size == null ? new Windows(List.of(start), to) : Windows.covering(start, to, size, zone);
    }

    private static Instant floor(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), QUARTER_HOUR) * QUARTER_HOUR);
    }
}
