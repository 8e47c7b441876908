package io.tollgate.usageapi.audit;

import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.problem.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes.
 *
 * @param filters by column
 * @param version of the configuration; null: any
 * @param after the last entry of the page before; null: the first page
 */
record AuditQuestion(
        TimeRange range, Map<String, String> filters, @Nullable Long version, int limit, @Nullable Place after) {
    static final Set<String> PARAMETERS = Set.of(
            "from", "to", "actor", "actor_kind", "kind", "id", "company", "action", "version", "limit", "cursor");

    /** Columns by the parameters that filter them. */
    private static final Map<String, String> COLUMNS = Map.of(
            "actor", "actor_id",
            "actor_kind", "actor_kind",
            "kind", "kind",
            "id", "entity_id",
            "company", "company",
            "action", "action");

    /** What the list is ordered by. */
    record Place(long version, int position) {}

    static AuditQuestion read(Map<String, List<String>> query) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        PageParameter page = PageParameter.read(parameters, 2);
        return new AuditQuestion(
                TimeRange.read(parameters),
                parameters.filters(COLUMNS),
                version(parameters.one("version")),
                page.limit(),
                place(page.after()));
    }

    private static @Nullable Long version(@Nullable String given) {
        try {
            return given == null ? null : Long.valueOf(given);
        } catch (NumberFormatException e) {
            throw Problem.parameter(
                    "version", "invalid_parameter", "`version` is `" + given + "`; it is a number, 12 say.");
        }
    }

    private static @Nullable Place place(List<String> after) {
        try {
            return after.isEmpty() ? null : new Place(Long.parseLong(after.get(0)), Integer.parseInt(after.get(1)));
        } catch (NumberFormatException e) {
            throw Problem.parameter("cursor", "invalid_parameter", "`cursor` is no next_cursor of this list.");
        }
    }
}
