package io.tollgate.gateway.admin;

import io.tollgate.avro.ApiKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A key from JSON. */
final class KeyJson {
    private static final Set<String> SCOPES = Set.of("ingest", "correct", "admission", "read");
    private static final List<String> USUAL_SCOPES = List.of("ingest");
    private static final List<String> EVERY_MODEL = List.of("*");

    private KeyJson() {}

    /**
     * Reads a key and notes what is wrong with it. What it replaces keeps its secrets and its company.
     *
     * @param secret of a key that is new
     * @param now epoch µs
     */
    static ApiKey read(Fields fields, String id, @Nullable ApiKey prior, String secret, Known known, long now) {
        Kind.checkId(fields, id);
        ApiKey key = ApiKey.newBuilder()
                .setId(id)
                .setCompany(company(fields, id, prior, known))
                .setUser(user(fields))
                .setName(fields.required("name"))
                .setPrefix(prior == null ? Secrets.shown(secret) : prior.getPrefix())
                .setSecretSha256(prior == null ? Secrets.hash(secret) : prior.getSecretSha256())
                .setOldSecrets(prior == null ? List.of() : prior.getOldSecrets())
                .setScopes(scopes(fields))
                .setModels(models(fields))
                .setLabels(fields.texts("labels"))
                .setMetadata(fields.texts("metadata"))
                .setExpiresAt(fields.future("expires_at", prior == null ? null : prior.getExpiresAt(), now))
                .setBlocked(fields.flag("blocked", prior != null && prior.getBlocked()))
                .setRevokedAt(prior == null ? null : prior.getRevokedAt())
                .setVersion(prior == null ? 1 : prior.getVersion())
                .setCreatedAt(prior == null ? now : prior.getCreatedAt())
                .setUpdatedAt(prior == null ? now : prior.getUpdatedAt())
                .build();
        fields.shown("prefix", "old_secret_until", "revoked_at");
        if (key.getRevokedAt() != null && !key.equals(prior)) {
            fields.objection("revoked_key", "a revoked key stays as it is; make a new one");
        }
        key.setUpdatedAt(now);
        return key;
    }

    private static String company(Fields fields, String id, @Nullable ApiKey prior, Known known) {
        String company = fields.required("company");
        if (prior != null && !company.isEmpty() && !company.equals(prior.getCompany())) {
            fields.error(
                    "company", "other_company", id + " is a key of " + prior.getCompany() + " for good; make another");
        }
        var unused = known.company(fields, company);
        return company;
    }

    private static @Nullable String user(Fields fields) {
        String user = fields.text("user");
        if (user != null && user.isBlank()) {
            fields.error("user", "invalid", "is empty; leave it out for a key that is no one user's");
        }
        return user;
    }

    private static List<String> scopes(Fields fields) {
        List<String> given = fields.list("scopes");
        if (given == null) {
            return USUAL_SCOPES;
        }
        String rule = "must be some of " + SCOPES.stream().sorted().toList();
        if (given.isEmpty()) {
            fields.error("scopes", "invalid", rule);
        }
        for (int i = 0; i < given.size(); i++) {
            if (!SCOPES.contains(given.get(i))) {
                fields.error("scopes", i, "invalid", rule);
            }
        }
        return given.stream().distinct().toList();
    }

    /** None at all is refused: it would read as every model to one and as no model to another. */
    private static List<String> models(Fields fields) {
        List<String> given = fields.list("models");
        if (given == null) {
            return EVERY_MODEL;
        }
        if (given.isEmpty()) {
            fields.error("models", "invalid", "name one at least; leave it out for every model");
        }
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).isBlank()) {
                fields.error("models", i, "invalid", "is empty; '*' is every model");
            }
        }
        return given.stream().distinct().toList();
    }
}
