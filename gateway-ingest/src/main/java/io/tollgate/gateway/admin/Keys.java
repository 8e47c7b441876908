package io.tollgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.avro.ApiKey;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** API keys. A secret is shown once, when it is made; only its SHA-256 is kept. */
public final class Keys {
    private static final Set<String> SCOPES = Set.of("ingest", "correct", "admission", "read");

    private static final Kind<ApiKey> KEY = new Kind<>(
            "key",
            Topics.CONFIG_KEYS,
            backbone -> backbone.keys().table(),
            KeyView::of,
            ApiKey::getId,
            ApiKey::getCompany);

    private final Clock clock;

    public Keys(Clock clock) {
        this.clock = clock;
    }

    public Answer post(AdminRequest request, Backbone backbone) {
        Fields.Parsed body = Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body.tree(), "", errors);
        String secret = Secrets.newSecret();
        ApiKey key = read(fields, secret);
        fields.refuseOthers();
        if (!errors.isEmpty()) {
            return Answer.problem(Problem.invalid(errors), request.requestId());
        }
        return backbone.writer().write(request.actor(), () -> {
            if (backbone.companies().get(key.getCompany()) == null) {
                FieldError unknown =
                        new FieldError("/company", "unknown_company", "there is no company " + key.getCompany());
                return Decision.unchanged(Answer.problem(Problem.invalid(List.of(unknown)), request.requestId()));
            }
            return change("created", 201, null, key, secret);
        });
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        return KEY.get(request, backbone, Kind.key(request));
    }

    /** With {@code ?company=} those of one company. */
    public Answer list(AdminRequest request, Backbone backbone) {
        return KEY.list(request, backbone);
    }

    /** The key stays, readable and revoked; to revoke it again changes nothing. */
    public Answer revoke(AdminRequest request, Backbone backbone) {
        long now = Times.micros(clock);
        return KEY.change(request, backbone, Kind.key(request), key -> {
            if (key.getRevokedAt() != null) {
                return Decision.unchanged(Answer.NO_CONTENT);
            }
            ApiKey revoked = next(key, now).setRevokedAt(now).build();
            return Decision.change(changed("revoked", key, revoked), Answer.NO_CONTENT);
        });
    }

    /** Another secret for the same key; the old one ends at once. */
    public Answer rotate(AdminRequest request, Backbone backbone) {
        long now = Times.micros(clock);
        String secret = Secrets.newSecret();
        return KEY.change(request, backbone, Kind.key(request), key -> {
            if (key.getRevokedAt() != null) {
                return Decision.unchanged(Answer.problem(
                        Problem.of(409, "revoked_key", "The key is revoked", "a revoked key stays so; make a new one"),
                        request.requestId()));
            }
            ApiKey rotated = next(key, now)
                    .setPrefix(secret.substring(0, Secrets.SHOWN))
                    .setSecretSha256(ByteBuffer.wrap(ApiKeys.hash(secret)))
                    .build();
            return change("rotated", 200, key, rotated, secret);
        });
    }

    /** Admissions are denied from then on; events are taken. */
    public Answer block(AdminRequest request, Backbone backbone) {
        return block(request, backbone, true);
    }

    public Answer unblock(AdminRequest request, Backbone backbone) {
        return block(request, backbone, false);
    }

    private Answer block(AdminRequest request, Backbone backbone, boolean blocked) {
        long now = Times.micros(clock);
        return KEY.change(request, backbone, Kind.key(request), key -> {
            if (key.getBlocked() == blocked) {
                return Decision.unchanged(KEY.answer(200, key));
            }
            ApiKey next = next(key, now).setBlocked(blocked).build();
            return Decision.change(changed(blocked ? "blocked" : "unblocked", key, next), KEY.answer(200, next));
        });
    }

    private ApiKey read(Fields fields, String secret) {
        long now = Times.micros(clock);
        List<String> scopes = fields.list("scopes");
        List<String> models = fields.list("models");
        ApiKey key = new ApiKey(
                Secrets.newId("key"),
                fields.required("company"),
                fields.text("user"),
                fields.required("name"),
                secret.substring(0, Secrets.SHOWN),
                ByteBuffer.wrap(ApiKeys.hash(secret)),
                List.of(),
                scopes == null ? List.of("ingest") : scopes.stream().distinct().toList(),
                models == null ? List.of("*") : models,
                fields.texts("labels"),
                fields.texts("metadata"),
                fields.time("expires_at"),
                false,
                null,
                1L,
                now,
                now);
        if (scopes != null && (scopes.isEmpty() || !SCOPES.containsAll(scopes))) {
            fields.error(
                    "scopes",
                    "invalid",
                    "must be some of " + SCOPES.stream().sorted().toList());
        }
        if (key.getExpiresAt() != null && key.getExpiresAt() <= now) {
            fields.error("expires_at", "invalid", "must be in the future");
        }
        return key;
    }

    private static ApiKey.Builder next(ApiKey key, long now) {
        return ApiKey.newBuilder(key).setVersion(key.getVersion() + 1).setUpdatedAt(now);
    }

    private static Decision<Answer> change(
            String action, int status, @Nullable ApiKey prior, ApiKey key, String secret) {
        return Decision.change(changed(action, prior, key), KEY.answer(status, key, KeyView.of(key, secret)));
    }

    private static ConfigChange changed(String action, @Nullable ApiKey prior, ApiKey next) {
        return KEY.changed(action, next.getId().getBytes(UTF_8), prior, next);
    }
}
