package io.tollgate.usageapi.balance;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.TimeParameter;
import io.tollgate.usageapi.problem.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which minutes of booking, and of one company or all. Without {@code to} up to the minute that goes on, without {@code from}
 * the hour up to there.
 */
record MinutesQuestion(Instant from, Instant to, @Nullable String company) {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    static final Set<String> PARAMETERS = BalanceQuestion.PARAMETERS;

    static MinutesQuestion read(Map<String, List<String>> query, Caller caller, Instant now) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        Instant to = minute(parameters, "to");
        if (to == null) {
            to = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        }
        Instant from = minute(parameters, "from");
        if (from == null) {
            from = to.minus(USUAL);
        }
        // Counts by minute are kept for a day more: the sink's clock may be ahead.
        Instant oldest = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .minusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        if (from.isBefore(oldest)) {
            throw Problem.parameter(
                    "from",
                    "beyond_retention",
                    "Counts by minute are there of today and yesterday; `from` (" + from + ") must be " + oldest
                            + " or later. /v1/balance has the days before.");
        }
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Problem.parameter(
                    "to", "invalid_range", "`to` (" + to + ") must be after `from` (" + from + "), by a day at most.");
        }
        return new MinutesQuestion(from, to, caller.limitedTo(parameters.one("company")));
    }

    TimeRange range() {
        return new TimeRange(from, to);
    }

    private static @Nullable Instant minute(QueryParameters parameters, String name) {
        Instant time = TimeParameter.read(parameters, name, ZoneOffset.UTC);
        if (time != null && !time.truncatedTo(ChronoUnit.MINUTES).equals(time)) {
            throw Problem.parameter(
                    name,
                    "not_on_window_edge",
                    "`" + name + "` (" + time + ") is not where a minute begins; one is "
                            + time.truncatedTo(ChronoUnit.MINUTES) + ".");
        }
        return time;
    }
}
