package io.tollgate.gateway.admission;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.User;
import io.tollgate.gateway.http.Problem;
import io.tollgate.quota.ModelPattern;
import org.jspecify.annotations.Nullable;

/** What denies an admission whatever the quotas say. */
final class Bars {
    private Bars() {}

    /**
     * Why the call may not go ahead; null: nothing bars it.
     *
     * @param user what is known of the caller's user; null: nothing
     */
    static @Nullable Problem objection(ApiKey key, @Nullable User user, String model) {
        if (key.getBlocked()) {
            return Problem.forbidden("key_blocked", "the key is blocked");
        }
        if (user != null && user.getBlocked()) {
            return Problem.forbidden("user_blocked", "the user " + user.getId() + " is blocked");
        }
        boolean mayUse = key.getModels().isEmpty()
                || key.getModels().stream()
                        .anyMatch(pattern -> ModelPattern.of(pattern).matches(model));
        return mayUse
                ? null
                : Problem.forbidden(
                        "model_not_allowed",
                        "the key may use " + String.join(", ", key.getModels()) + ", not " + model);
    }
}
