package io.tollgate.gateway.admin;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Company;
import io.tollgate.avro.Scope;
import io.tollgate.quota.ScopeMatcher;
import org.jspecify.annotations.Nullable;

/** A scope as JSON: whose usage, and of what. */
record ScopeJson(
        String company,
        @Nullable String user,
        @Nullable String key,
        @Nullable String provider,
        @Nullable String model) {
    private static final ScopeJson NOBODY = new ScopeJson("", null, null, null, null);

    static ScopeJson of(Scope scope) {
        return new ScopeJson(
                scope.getCompany(), scope.getUser(), scope.getKey(), scope.getProvider(), scope.getModel());
    }

    Scope toAvro() {
        return new Scope(company, user, key, provider, model);
    }

    /**
     * What a scope is read as.
     *
     * @param home of the company that it names
     */
    record Read(ScopeJson scope, Home home) {}

    /** Reads the member {@code scope}, which must be there. */
    static Read read(Fields fields, Known known) {
        Fields members = fields.object("scope");
        if (members == null) {
            fields.error("scope", "missing", "is required: {\"company\":\"acme\"} say");
            return new Read(NOBODY, Home.NONE);
        }
        ScopeJson scope = new ScopeJson(
                members.required("company"),
                name(members, "user"),
                name(members, "key"),
                name(members, "provider"),
                name(members, "model"));
        members.refuseOthers();
        Company company = isEach(scope.company) ? null : known.company(members, scope.company);
        if (scope.key != null && !isEach(scope.key)) {
            checkKey(members, scope.key, scope.company, known);
        }
        if (isEach(scope.provider)) {
            members.error("provider", "invalid", "is a name; leave it out for every provider's usage");
        }
        return new Read(scope, Home.of(company));
    }

    private static void checkKey(Fields members, String id, String company, Known known) {
        ApiKey key = known.keys().apply(id);
        if (key == null) {
            members.error("key", "unknown_key", "there is no key " + id + "; name a key's id, or '*' for each key");
        } else if (!isEach(company) && !key.getCompany().equals(company)) {
            members.error("key", "other_company", id + " is a key of " + key.getCompany());
        }
    }

    /** One count for each. */
    static boolean isEach(@Nullable String name) {
        return ScopeMatcher.EACH.equals(name);
    }

    private static @Nullable String name(Fields members, String name) {
        String given = members.text(name);
        if (given != null && given.isBlank()) {
            members.error(name, "invalid", "is empty; leave it out where it is not to be looked at");
        }
        return given;
    }
}
