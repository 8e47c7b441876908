package io.tollgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.avro.ApiKey;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** API keys. A secret is shown once, when it is made; only its SHA-256 is kept. */
public final class Keys {
    /** Whoever rotates because a secret leaked must not have to say more. */
    private static final int USUAL_OVERLAP_HOURS = 0;

    private static final Kind<ApiKey> KEY = new Kind<>(
            "key",
            Topics.CONFIG_KEYS,
            backbone -> backbone.keys().table(),
            KeyView::of,
            ApiKey::getId,
            ApiKey::getCompany);
    static final Section<ApiKey> SECTION = Section.withSecrets("keys", ApiKey.class, KEY, Keys::inDocument)
            .shows("prefix", "old_secret_until", "revoked_at")
            .ending(Keys::ended);

    private final Clock clock;
    private final List<Filter<ApiKey>> filters;

    public Keys(Clock clock) {
        this.clock = clock;
        this.filters = List.of(
                Filter.equal("company", ApiKey::getCompany),
                Filter.equal("user", ApiKey::getUser),
                Filter.equal("name", ApiKey::getName),
                Filter.label(ApiKey::getLabels),
                Filter.among("scope", ApiKey::getScopes),
                KeyState.filter(clock),
                prefix());
    }

    /** A key of an id that is made up. */
    public Answer post(AdminRequest request, Backbone backbone) {
        return put(request, backbone, Secrets.newId("key"), true);
    }

    /** A key of the caller's own naming; what it replaces keeps its secrets and its company. */
    public Answer put(AdminRequest request, Backbone backbone) {
        return put(request, backbone, request.variable("id"), false);
    }

    private Answer put(AdminRequest request, Backbone backbone, String id, boolean isPost) {
        String secret = Secrets.newSecret();
        long now = Times.micros(clock);
        return KEY.put(
                request,
                backbone,
                id.getBytes(UTF_8),
                (fields, prior) -> {
                    if (isPost) {
                        fields.refuse("id", "to name a key yourself, PUT /admin/v1/keys/{id}");
                    }
                    return KeyJson.read(fields, id, prior, secret, Known.of(backbone), now);
                },
                (status, key) -> status == 201 ? withSecret(status, key, secret) : KEY.answer(status, key));
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        return KEY.get(request, backbone, Kind.key(request));
    }

    public Answer list(AdminRequest request, Backbone backbone) {
        return KEY.list(request, backbone, filters);
    }

    /** The key stays, readable and revoked, and its old secrets end with it; to revoke it again changes nothing. */
    public Answer revoke(AdminRequest request, Backbone backbone) {
        long now = Times.micros(clock);
        return KEY.change(request, backbone, Kind.key(request), key -> {
            if (key.getRevokedAt() != null) {
                return Decision.unchanged(Answer.NO_CONTENT);
            }
            ApiKey revoked = ended(key, now);
            return Decision.change(changed("revoked", key, revoked), Answer.NO_CONTENT);
        });
    }

    /** Another secret for the same key; the old one goes on for {@code ?overlap_hours=}, which is 0 unless it is said. */
    public Answer rotate(AdminRequest request, Backbone backbone) {
        Duration overlap = Overlap.of(request, USUAL_OVERLAP_HOURS);
        if (overlap == null) {
            return Overlap.refused(request);
        }
        long now = Times.micros(clock);
        long until = now + overlap.toMillis() * 1_000;
        String secret = Secrets.newSecret();
        return KEY.change(request, backbone, Kind.key(request), key -> {
            if (key.getRevokedAt() != null) {
                return Decision.unchanged(Answer.problem(
                        Problem.of(409, "revoked_key", "The key is revoked", "a revoked key stays so; make a new one"),
                        request.requestId()));
            }
            ApiKey rotated = next(key, now)
                    .setPrefix(Secrets.shown(secret))
                    .setSecretSha256(Secrets.hash(secret))
                    .setOldSecrets(KeySecrets.rotated(key, now, until))
                    .build();
            return Decision.change(changed("rotated", key, rotated), withSecret(200, rotated, secret));
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

    /** By what people see of a secret; a whole secret has no business in an address, which logs keep. */
    private static Filter<ApiKey> prefix() {
        return new Filter<>(
                "prefix",
                "the first characters of a secret, " + Secrets.SHOWN + " at most",
                wanted -> wanted.length() > Secrets.SHOWN
                        ? null
                        : key -> key.getPrefix().startsWith(wanted));
    }

    private static ApiKey ended(ApiKey key, long now) {
        return key.getRevokedAt() == null ? next(key, now).setRevokedAt(now).build() : key;
    }

    private static Section.Made<ApiKey> inDocument(
            Fields fields, String id, @Nullable ApiKey prior, Known known, long now) {
        String secret = Secrets.newSecret();
        return new Section.Made<>(KeyJson.read(fields, id, prior, secret, known, now), prior == null ? secret : null);
    }

    private static ApiKey.Builder next(ApiKey key, long now) {
        return ApiKey.newBuilder(key).setVersion(key.getVersion() + 1).setUpdatedAt(now);
    }

    private static Answer withSecret(int status, ApiKey key, String secret) {
        return KEY.answer(status, key, KeyView.of(key, secret));
    }

    private static ConfigChange changed(String action, @Nullable ApiKey prior, ApiKey next) {
        return KEY.changed(action, next.getId().getBytes(UTF_8), prior, next);
    }
}
