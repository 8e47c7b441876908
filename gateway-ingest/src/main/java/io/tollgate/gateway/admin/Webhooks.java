package io.tollgate.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollgate.avro.Webhook;
import io.tollgate.avro.WebhookSecret;
import io.tollgate.avro.WebhookStyle;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.schemas.topic.Topics;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts are sent. A secret is shown once, by the call that makes it. Whether an address may be called is judged
 * when it is: what a name leads to changes.
 */
public final class Webhooks {
    private static final Set<WebhookStyle> STYLES = EnumSet.complementOf(EnumSet.of(WebhookStyle.UNKNOWN));
    private static final int MAX_URL = 2_048;
    private static final int USUAL_OVERLAP_HOURS = 24;
    private static final Kind<Webhook> WEBHOOK = new Kind<>(
            "webhook",
            Topics.CONFIG_WEBHOOKS,
            Backbone::webhooks,
            WebhookView::of,
            Webhook::getId,
            Webhook::getCompany);
    static final Section<Webhook> SECTION = Section.withSecrets(
                    "webhooks", Webhook.class, WEBHOOK, Webhooks::inDocument)
            .shows("old_secret_until");
    private static final List<Filter<Webhook>> FILTERS = List.of(
            Filter.equal("company", Webhook::getCompany),
            Filter.value("style", STYLES, Webhook::getStyle),
            Filter.flag("enabled", Webhook::getEnabled));

    private final Clock clock;

    public Webhooks(Clock clock) {
        this.clock = clock;
    }

    public Answer put(AdminRequest request, Backbone backbone) {
        String id = request.variable("id");
        long now = Times.micros(clock);
        WebhookSecret secret = WebhookSecrets.of(Secrets.newWebhookSecret());
        return WEBHOOK.put(
                request,
                backbone,
                Kind.key(request),
                (fields, prior) ->
                        read(fields, id, prior == null ? List.of(secret) : prior.getSecrets(), Known.of(backbone), now),
                (status, webhook) -> status == 201 ? withSecret(status, webhook) : WEBHOOK.answer(status, webhook));
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        return WEBHOOK.get(request, backbone, Kind.key(request));
    }

    public Answer list(AdminRequest request, Backbone backbone) {
        return WEBHOOK.list(request, backbone, FILTERS);
    }

    public Answer delete(AdminRequest request, Backbone backbone) {
        return WEBHOOK.delete(request, backbone, Kind.key(request));
    }

    /** Another secret; deliveries are signed with the old one too for {@code ?overlap_hours=}. */
    public Answer rotate(AdminRequest request, Backbone backbone) {
        Duration overlap = Overlap.of(request, USUAL_OVERLAP_HOURS);
        if (overlap == null) {
            return Overlap.refused(request);
        }
        long now = Times.micros(clock);
        long until = now + overlap.toMillis() * 1_000;
        WebhookSecret secret = WebhookSecrets.of(Secrets.newWebhookSecret());
        return WEBHOOK.change(request, backbone, Kind.key(request), webhook -> {
            Webhook next = Webhook.newBuilder(webhook)
                    .setSecrets(WebhookSecrets.rotated(webhook.getSecrets(), secret, now, until))
                    .setVersion(webhook.getVersion() + 1)
                    .setUpdatedAt(now)
                    .build();
            return Decision.change(WEBHOOK.changed("rotated", Kind.key(request), webhook, next), withSecret(200, next));
        });
    }

    /** Reads a webhook and notes what is wrong with it. */
    static Webhook read(Fields fields, String id, List<WebhookSecret> secrets, Known known, long now) {
        Kind.checkId(fields, id);
        WebhookStyle style = fields.word("style", STYLES);
        String company = fields.text("company");
        if (company != null) {
            var unused = known.company(fields, company);
        }
        Webhook webhook = new Webhook(
                id,
                url(fields),
                style == null ? WebhookStyle.STANDARD : style,
                company,
                secrets,
                fields.flag("enabled", true),
                1L,
                now,
                now);
        fields.shown("old_secret_until");
        return webhook;
    }

    private static Section.Made<Webhook> inDocument(
            Fields fields, String id, @Nullable Webhook prior, Known known, long now) {
        if (prior != null) {
            return new Section.Made<>(read(fields, id, prior.getSecrets(), known, now), null);
        }
        WebhookSecret secret = WebhookSecrets.of(Secrets.newWebhookSecret());
        return new Section.Made<>(read(fields, id, List.of(secret), known, now), WebhookSecrets.text(secret));
    }

    private static String url(Fields fields) {
        String text = fields.text("url", MAX_URL);
        if (text == null) {
            fields.error("url", "missing", "is required");
            return "";
        }
        try {
            URI url = new URI(text);
            boolean isHttp = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (!isHttp || url.getHost() == null) {
                fields.error("url", "invalid", "must be an http or https address, https://example.com/alerts say");
            } else if (url.getRawUserInfo() != null) {
                fields.error(
                        "url",
                        "invalid",
                        "holds credentials, which every reader of it would see; receivers check" + " the signature");
            } else if (url.getRawFragment() != null) {
                fields.error("url", "invalid", "has a fragment, which is never sent; leave out what begins with #");
            }
        } catch (URISyntaxException e) {
            fields.error("url", "invalid", "is no URL: " + e.getReason());
        }
        return text;
    }

    private static Answer withSecret(int status, Webhook webhook) {
        String secret = WebhookSecrets.text(webhook.getSecrets().get(0));
        return WEBHOOK.answer(status, webhook, WebhookView.of(webhook, secret));
    }

    /**
     * A webhook as JSON.
     *
     * @param secret only in the answer that makes it
     * @param oldSecretUntil deliveries are signed with an older one too until then
     */
    record WebhookView(
            String id,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret,
            String url,
            String style,
            @Nullable String company,
            boolean enabled,
            @Nullable String oldSecretUntil,
            long version,
            String createdAt,
            String updatedAt) {
        static WebhookView of(Webhook webhook) {
            return of(webhook, null);
        }

        static WebhookView of(Webhook webhook, @Nullable String secret) {
            return new WebhookView(
                    webhook.getId(),
                    secret,
                    webhook.getUrl(),
                    Fields.word(webhook.getStyle()),
                    webhook.getCompany(),
                    webhook.getEnabled(),
                    Times.textOrNull(WebhookSecrets.oldUntil(webhook.getSecrets())),
                    webhook.getVersion(),
                    Times.text(webhook.getCreatedAt()),
                    Times.text(webhook.getUpdatedAt()));
        }
    }
}
