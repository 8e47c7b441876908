package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.avro.ApiKey;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Problem;
import io.tollgate.schemas.config.KeyCheck;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who calls, by the key in {@code Authorization: Bearer} or {@code x-api-key}. */
final class Authenticator {
    private static final String BEARER = "Bearer ";
    private static final String API_KEY = "x-api-key";

    private Authenticator() {}

    /** What came of it. */
    sealed interface Result permits Known, Refused {}

    record Known(Sender sender) implements Result {}

    record Refused(Problem problem) implements Result {}

    /** A sender of events: a key in force, of a company that is there, with a scope to send anything at all. */
    static Result sender(HttpHeaders headers, Backbone backbone, Instant now) {
        String secret = secret(headers);
        if (secret == null) {
            return unauthorized("missing_key", "send a key as Authorization: Bearer KEY or as x-api-key: KEY");
        }
        KeyCheck check = backbone.keys().check(secret, now);
        if (check instanceof KeyCheck.Valid valid) {
            return sender(valid.key(), backbone);
        }
        if (check instanceof KeyCheck.Revoked) {
            return unauthorized("revoked_key", "this key was revoked; ask for a new one");
        }
        if (check instanceof KeyCheck.Expired) {
            return unauthorized("expired_key", "this key has expired; ask for a new one");
        }
        return unauthorized("unknown_key", "no key has this secret");
    }

    private static Result sender(ApiKey key, Backbone backbone) {
        if (backbone.companies().get(key.getCompany()) == null) {
            return new Refused(Problem.forbidden("company_gone", "the key's company is no longer there"));
        }
        Sender sender = Sender.of(key);
        if (!sender.mayIngest() && !sender.mayCorrect()) {
            return new Refused(
                    Problem.forbidden("scope_missing", "the key has neither the scope 'ingest' nor 'correct'"));
        }
        return new Known(sender);
    }

    private static Result unauthorized(String code, String detail) {
        return new Refused(Problem.unauthorized(code, detail));
    }

    private static @Nullable String secret(HttpHeaders headers) {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? authorization.substring(BEARER.length()).trim()
                    : null;
        }
        return headers.get(API_KEY);
    }
}
