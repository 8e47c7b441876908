package io.tollgate.gateway.ingest;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.avro.ApiKey;
import io.tollgate.edge.PresentedSecret;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Problem;
import io.tollgate.schemas.config.KeyCheck;
import java.time.Instant;

/** Who calls, by the key in {@code Authorization: Bearer} or {@code x-api-key}. */
public final class Authenticator {
    private Authenticator() {}

    /** What came of it. */
    public sealed interface Result permits Known, Refused {}

    /** A key in force, of a company that is there. */
    public record Known(ApiKey key) implements Result {}

    public record Refused(Problem problem) implements Result {}

    /** A sender of events: a key with a scope to send anything at all. */
    static Result sender(HttpHeaders headers, Backbone backbone, Instant now) {
        Result caller = caller(headers, backbone, now);
        if (!(caller instanceof Known known)) {
            return caller;
        }
        Sender sender = Sender.of(known.key());
        return sender.mayIngest() || sender.mayCorrect()
                ? known
                : new Refused(
                        Problem.forbidden("scope_missing", "the key has neither the scope 'ingest' nor 'correct'"));
    }

    /** Whoever has a key, whatever it may be used for. */
    public static Result caller(HttpHeaders headers, Backbone backbone, Instant now) {
        String secret =
                PresentedSecret.of(headers.get(PresentedSecret.AUTHORIZATION), headers.get(PresentedSecret.API_KEY));
        if (secret == null) {
            return unauthorized("missing_key", "send a key as Authorization: Bearer KEY or as x-api-key: KEY");
        }
        KeyCheck check = backbone.keys().check(secret, now);
        if (check instanceof KeyCheck.Valid valid) {
            return ofCompany(valid.key(), backbone);
        }
        if (check instanceof KeyCheck.Revoked) {
            return unauthorized("revoked_key", "this key was revoked; ask for a new one");
        }
        if (check instanceof KeyCheck.Expired) {
            return unauthorized("expired_key", "this key has expired; ask for a new one");
        }
        return unauthorized(
                "unknown_key",
                "no key has this secret; an administrator's token is none, events take the key of a company");
    }

    private static Result ofCompany(ApiKey key, Backbone backbone) {
        return backbone.companies().get(key.getCompany()) == null
                ? new Refused(Problem.forbidden("company_gone", "the key's company is no longer there"))
                : new Known(key);
    }

    private static Result unauthorized(String code, String detail) {
        return new Refused(Problem.unauthorized(code, detail));
    }
}
