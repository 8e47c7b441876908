package io.tollgate.usageapi.access;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Company;
import io.tollgate.edge.AdminToken;
import io.tollgate.edge.PresentedSecret;
import io.tollgate.schemas.config.AdminCheck;
import io.tollgate.schemas.config.Admins;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.config.KeyCheck;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Tells who a request comes from, by {@code Authorization: Bearer} or {@code x-api-key}. */
@Component
public final class Callers {
    private static final String SCOPE = "read";

    private final ApiKeys keys;
    private final Admins admins;
    private final ConfigTable<Company> companies;
    private final AdminToken adminToken;
    private final Clock clock;

    Callers(ApiKeys keys, Admins admins, ConfigTable<Company> companies, UsageApiSettings settings, Clock clock) {
        this.keys = keys;
        this.admins = admins;
        this.companies = companies;
        this.adminToken = new AdminToken(settings.adminToken());
        this.clock = clock;
    }

    /**
     * The caller behind a request's headers.
     *
     * @throws Problem 401 without a key in force, 403 for one that may not read, 503 while the keys are not read yet
     */
    public Caller identify(HttpHeaders headers) {
        String secret = PresentedSecret.of(
                headers.getFirst(PresentedSecret.AUTHORIZATION), headers.getFirst(PresentedSecret.API_KEY));
        if (secret == null) {
            throw unauthorized("missing_key", "Send a key as `Authorization: Bearer KEY` or `x-api-key: KEY`.");
        }
        if (adminToken.is(secret)) {
            return new Caller.Admin();
        }
        KeyCheck check = keys.check(secret, clock.instant());
        if (check instanceof KeyCheck.Valid valid) {
            return reader(valid.key());
        }
        if (check instanceof KeyCheck.Unknown) {
            return administrator(secret);
        }
        if (check instanceof KeyCheck.Revoked) {
            throw unauthorized("revoked_key", "This key is revoked.");
        }
        throw unauthorized("expired_key", "This key is expired.");
    }

    /** A named administrator, of whatever role: all of them read everything. */
    private Caller administrator(String token) {
        AdminCheck check = admins.check(token, clock.instant());
        if (check instanceof AdminCheck.Valid valid) {
            if (!valid.mayRead()) {
                throw Problem.of(HttpStatus.FORBIDDEN, "role_missing", "This administrator has no role that may read.");
            }
            return new Caller.Admin();
        }
        if (check instanceof AdminCheck.Expired) {
            throw unauthorized("expired_token", "This administrator's time is over.");
        }
        if (!keys.table().caughtUp() || !admins.table().caughtUp()) {
            throw Problem.unavailable("starting", "The keys are still being read. Try again.");
        }
        throw unauthorized("unknown_key", "No key has this secret.");
    }

    private Caller reader(ApiKey key) {
        if (!key.getScopes().contains(SCOPE)) {
            throw Problem.of(
                    HttpStatus.FORBIDDEN, "scope_missing", "Key " + key.getId() + " lacks the scope `" + SCOPE + "`.");
        }
        if (companies.get(key.getCompany()) == null) {
            if (!companies.caughtUp()) {
                throw Problem.unavailable("starting", "The companies are still being read. Try again.");
            }
            throw Problem.of(HttpStatus.FORBIDDEN, "company_gone", "The company of this key is no longer there.");
        }
        return new Caller.OfCompany(key.getCompany());
    }

    private static Problem unauthorized(String code, String detail) {
        return Problem.of(HttpStatus.UNAUTHORIZED, code, detail);
    }
}
