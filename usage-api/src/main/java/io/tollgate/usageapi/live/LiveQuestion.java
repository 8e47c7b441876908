package io.tollgate.usageapi.live;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.QueryParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be told of; null members don't narrow it.
 *
 * @param provider narrows usage alone, as {@code model} does: quotas and alerts are not of one model
 */
record LiveQuestion(
        @Nullable String company,
        @Nullable String user,
        @Nullable String authId,
        @Nullable String provider,
        @Nullable String model) {
    static final Set<String> PARAMETERS = Set.of("company", "user", "auth_id", "provider", "model");

    static LiveQuestion read(Map<String, List<String>> query, Caller caller) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        return new LiveQuestion(
                caller.limitedTo(parameters.one("company")),
                parameters.one("user"),
                parameters.one("auth_id"),
                parameters.one("provider"),
                parameters.one("model"));
    }

    boolean wants(UsageKey key) {
        return fits(company, key.company())
                && fits(user, key.user())
                && fits(authId, key.authId())
                && fits(provider, key.provider())
                && fits(model, key.model());
    }

    boolean wants(Notice notice) {
        return fits(company, notice.company()) && fits(user, notice.user()) && fits(authId, notice.authId());
    }

    private static boolean fits(@Nullable String wanted, @Nullable String found) {
        return wanted == null || wanted.equals(found);
    }
}
