package io.tollgate.usageapi.dead;

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
 * Which dead letters, given up when.
 *
 * @param filters by column
 * @param after the last one of the page before; null: the first page
 */
record DeadLettersQuestion(TimeRange range, Map<String, String> filters, int limit, @Nullable Place after) {
    static final Set<String> PARAMETERS =
            Set.of("company", "code", "source", "id", "topic", "from", "to", "limit", "cursor");

    /** Columns by the parameters that filter them. */
    private static final Map<String, String> COLUMNS =
            Map.of("code", "code", "source", "source", "id", "event_id", "topic", "origin_topic");

    /** What the list is ordered by. */
    record Place(Instant at, DeadLetterId id) {
        static List<String> texts(DeadLettersBody.Item item) {
            return List.of(item.at(), item.id());
        }
    }

    static DeadLettersQuestion read(Map<String, List<String>> query, Caller caller) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        Map<String, String> filters = parameters.filters(COLUMNS);
        String company = caller.limitedTo(parameters.one("company"));
        if (company != null) {
            filters.put("company", company);
        }
        PageParameter page = PageParameter.read(parameters, 2);
        return new DeadLettersQuestion(TimeRange.read(parameters), filters, page.limit(), place(page.after()));
    }

    private static @Nullable Place place(List<String> after) {
        if (after.isEmpty()) {
            return null;
        }
        DeadLetterId id = DeadLetterId.parse(after.get(1));
        try {
            if (id != null) {
                return new Place(Instant.parse(after.get(0)), id);
            }
        } catch (DateTimeParseException e) {
            // Answered below.
        }
        throw Problem.parameter("cursor", "invalid_parameter", "`cursor` is no next_cursor of this list.");
    }
}
