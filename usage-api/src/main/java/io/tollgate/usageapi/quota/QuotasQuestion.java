package io.tollgate.usageapi.quota;

import io.tollgate.quota.StateName;
import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.PageParameter;
import io.tollgate.usageapi.problem.QueryParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose quotas.
 *
 * @param company null: every company's
 * @param user only counts that are this user's own
 * @param key only counts that are this key's own
 * @param id of a quota
 */
record QuotasQuestion(
        @Nullable String company,
        @Nullable String user,
        @Nullable String key,
        @Nullable String id,
        PageParameter page) {
    static final Set<String> PARAMETERS = Set.of("company", "user", "key", "id", "limit", "cursor");

    static QuotasQuestion read(Map<String, List<String>> query, Caller caller) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        return new QuotasQuestion(
                caller.limitedTo(parameters.one("company")),
                parameters.one("user"),
                parameters.one("key"),
                parameters.one("id"),
                PageParameter.read(parameters, QuotasBody.Item.PLACE));
    }

    boolean wants(StateName name) {
        return fits(user, name.user()) && fits(key, name.key()) && fits(id, name.quota());
    }

    private static boolean fits(@Nullable String wanted, @Nullable String found) {
        return wanted == null || wanted.equals(found);
    }
}
