package io.tollgate.sink.webhook;

import io.tollgate.avro.Alert;
import io.tollgate.avro.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether, where and with what an alert is sent to a webhook, as that stands now. */
sealed interface Receiver {

    /** Send it there. */
    record Open(URI url, String body, String id, long timestamp, String signature) implements Receiver {}

    /** Don't, and don't ask again. */
    record Closed(String reason) implements Receiver {}

    static Receiver of(@Nullable Webhook webhook, String deliveryId, Alert alert, Instant now) {
        if (webhook == null) {
            return new Closed("there is no webhook of this name");
        }
        if (!webhook.getEnabled()) {
            return new Closed("the webhook is disabled");
        }
        String company = webhook.getCompany();
        if (company != null && !company.equals(alert.getCompany())) {
            return new Closed("the webhook is for alerts of company " + company + " alone");
        }
        URI url = url(webhook.getUrl());
        if (url == null) {
            return new Closed("the webhook's URL is none that could be called: http or https, a host, no user");
        }
        List<byte[]> secrets = Signature.inForce(webhook, ChronoUnit.MICROS.between(Instant.EPOCH, now));
        if (secrets.isEmpty()) {
            return new Closed("the webhook has no secret in force");
        }
        String body = AlertBody.of(alert, webhook.getStyle());
        long timestamp = now.getEpochSecond();
        return new Open(url, body, deliveryId, timestamp, Signature.header(secrets, deliveryId, timestamp, body));
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean fits = (scheme.equals("https") || scheme.equals("http"))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getPort() <= 65_535
                    && url.getPort() != 0;
            return fits ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
