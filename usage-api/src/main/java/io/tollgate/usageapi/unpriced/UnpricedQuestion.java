package io.tollgate.usageapi.unpriced;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.TimeParameter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose models, of which time. Without {@code from} it is the 35 days up to now, which is as far as a re-rating surely
 * reaches; without {@code to} there is no end.
 *
 * @param filters by column
 */
record UnpricedQuestion(Instant from, @Nullable Instant to, Map<String, String> filters, PageParameter page) {
    static final Duration USUAL = Duration.ofDays(35);

    /** What a row of the answer is of, and the list is ordered by. */
    static final List<String> COLUMNS = List.of("company", "provider", "model", "code");

    static final Set<String> PARAMETERS =
            Set.of("from", "to", "company", "provider", "model", "code", "limit", "cursor");

    /**
     * Reads a question from a query.
     *
     * @param kept how long a booking day stays in the ledger
     */
    static UnpricedQuestion read(Map<String, List<String>> query, Caller caller, Instant now, Duration kept) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        Map<String, String> filters = new LinkedHashMap<>();
        for (String column : COLUMNS) {
            String asked = parameters.one(column);
            String only = column.equals("company") ? caller.limitedTo(asked) : asked;
            if (only != null) {
                filters.put(column, only);
            }
        }
        // A day to spare: the sink's clock may be ahead.
        Instant oldest = now.minus(kept).plus(Duration.ofDays(1));
        Instant from = TimeParameter.read(parameters, "from", ZoneOffset.UTC);
        if (from == null) {
            Instant usual = now.minus(USUAL);
            from = usual.isBefore(oldest) ? oldest : usual;
        }
        if (from.isBefore(oldest)) {
            throw Problem.parameter(
                    "from",
                    "beyond_retention",
                    "The ledger is kept for " + kept.toDays() + " days; `from` (" + from + ") must be " + oldest
                            + " or later.");
        }
        Instant to = TimeParameter.read(parameters, "to", ZoneOffset.UTC);
        if (to != null && !from.isBefore(to)) {
            throw Problem.parameter("to", "invalid_range", "`to` (" + to + ") must be after `from` (" + from + ").");
        }
        return new UnpricedQuestion(from, to, filters, PageParameter.read(parameters, COLUMNS.size()));
    }
}
