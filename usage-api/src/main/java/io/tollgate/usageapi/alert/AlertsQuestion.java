package io.tollgate.usageapi.alert;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.TimeRange;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose alerts, of which rule, raised when.
 *
 * @param filters by column
 * @param after the last alert of the page before; null: the first page
 */
record AlertsQuestion(TimeRange range, Map<String, String> filters, int limit, @Nullable Place after) {
    static final Set<String> PARAMETERS =
            Set.of("company", "rule", "kind", "quota", "user", "key", "from", "to", "limit", "cursor");

    /** Columns by the parameters that filter them. */
    private static final Map<String, String> COLUMNS =
            Map.of("rule", "rule", "kind", "kind", "quota", "quota", "user", "user_id", "key", "auth_id");

    /** What the list is ordered by. */
    record Place(Instant raisedAt, String id) {
        List<String> texts() {
            return List.of(raisedAt.toString(), id);
        }
    }

    static AlertsQuestion read(Map<String, List<String>> query, Caller caller) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        Map<String, String> filters = parameters.filters(COLUMNS);
        String company = caller.limitedTo(parameters.one("company"));
        if (company != null) {
            filters.put("company", company);
        }
        TimeRange range = TimeRange.read(parameters);
        PageParameter page = PageParameter.read(parameters, 2);
        return new AlertsQuestion(range, filters, page.limit(), place(page.after()));
    }

    private static @Nullable Place place(List<String> after) {
        if (after.isEmpty()) {
            return null;
        }
        try {
            return new Place(Instant.parse(after.get(0)), after.get(1));
        } catch (DateTimeParseException e) {
            throw Problem.parameter("cursor", "invalid_parameter", "`cursor` is no next_cursor of this list.");
        }
    }
}
