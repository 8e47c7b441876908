package io.tollgate.usageapi.key;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys.
 *
 * @param filters by column
 * @param prefix the secret begins with; null: with anything
 * @param page after an id
 */
record KeysQuestion(Map<String, String> filters, @Nullable String prefix, PageParameter page) {
    static final Set<String> STATES = Set.of("active", "revoked", "expired", "blocked");

    static final Set<String> PARAMETERS = Set.of("company", "prefix", "user", "id", "state", "limit", "cursor");

    /** Columns by the parameters that filter them. */
    private static final Map<String, String> COLUMNS = Map.of("user", "user_id", "id", "id", "state", "state");

    static KeysQuestion read(Map<String, List<String>> query, Caller caller) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        Map<String, String> filters = parameters.filters(COLUMNS);
        String state = filters.get("state");
        if (state != null && !STATES.contains(state)) {
            throw Problem.parameter(
                    "state",
                    "invalid_parameter",
                    "`state` is `" + state + "`; it is active, revoked, expired or blocked.");
        }
        String company = caller.limitedTo(parameters.one("company"));
        if (company != null) {
            filters.put("company", company);
        }
        return new KeysQuestion(filters, parameters.one("prefix"), PageParameter.read(parameters, 1));
    }
}
