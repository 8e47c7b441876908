package io.tollgate.usageapi.balance;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.TimeParameter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the books is to balance: UTC days {@code [from, to)} of booking for submissions, of the event for
 * money, and one company or all. Without {@code to} up to today, without {@code from} the 35 days up to there.
 */
record BalanceQuestion(LocalDate from, LocalDate to, @Nullable String company) {
    /** As long as ids are remembered and corrections reach. */
    private static final int DEFAULT_DAYS = 35;

    static final Set<String> PARAMETERS = Set.of("from", "to", "company");

    /**
     * Reads a question from a query.
     *
     * @param kept how long the outcomes of a booking day are kept
     */
    static BalanceQuestion read(Map<String, List<String>> query, Caller caller, Instant now, Duration kept) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        // A day to spare: the sink, whose clock may be ahead, takes a day's tables away one after the other.
        LocalDate oldest = today.minusDays(kept.toDays() - 1);
        LocalDate to = TimeParameter.day(parameters, "to");
        if (to == null) {
            to = today.plusDays(1);
        }
        LocalDate from = TimeParameter.day(parameters, "from");
        if (from == null) {
            LocalDate usual = to.minusDays(DEFAULT_DAYS);
            from = usual.isBefore(oldest) ? oldest : usual;
        }
        if (from.isBefore(oldest)) {
            throw Problem.parameter(
                    "from",
                    "beyond_retention",
                    "Outcomes are kept for " + kept.toDays() + " days; `from` (" + from + ") must be " + oldest
                            + " or later.");
        }
        if (!from.isBefore(to)) {
            throw Problem.parameter("to", "invalid_range", "`to` (" + to + ") must be after `from` (" + from + ").");
        }
        return new BalanceQuestion(from, to, caller.limitedTo(parameters.one("company")));
    }
}
