package io.tollgate.quota;

import io.tollgate.avro.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A scope, made ready to be held against many callers. */
public final class ScopeMatcher {
    /** In place of a company, a user or a key: one count for each. */
    public static final String EACH = "*";

    private final Scope scope;
    private final @Nullable ModelPattern model;

    public ScopeMatcher(Scope scope) {
        this.scope = scope;
        this.model = scope.getModel() == null ? null : ModelPattern.of(scope.getModel());
    }

    /** Whose usage counts; {@link #EACH} for everybody's. */
    public String company() {
        return scope.getCompany();
    }

    /** Whether the caller's usage counts. A caller without a user is none of "each user", nor without a key of "each key". */
    public boolean matches(Caller caller) {
        return fits(scope.getCompany(), caller.company())
                && fits(scope.getUser(), caller.user())
                && fits(scope.getKey(), caller.key())
                && (scope.getProvider() == null || scope.getProvider().equals(caller.provider()))
                && (model == null || (caller.model() != null && model.matches(caller.model())));
    }

    /**
     * Which of the scope's counts a caller who {@link #matches} is in.
     *
     * @param id of the quota or rule
     */
    public StateName nameOf(String id, Caller caller) {
        return new StateName(
                caller.company(),
                id,
                scope.getUser() == null ? null : caller.user(),
                scope.getKey() == null ? null : caller.key());
    }

    /** The scope's only count in a company; empty where there is one for each of somebody. */
    public Optional<StateName> nameIfOne(String company, String id) {
        boolean isOne = !EACH.equals(scope.getUser()) && !EACH.equals(scope.getKey());
        return isOne ? Optional.of(new StateName(company, id, scope.getUser(), scope.getKey())) : Optional.empty();
    }

    private static boolean fits(@Nullable String wanted, @Nullable String found) {
        return wanted == null || (found != null && (wanted.equals(EACH) || wanted.equals(found)));
    }
}
