package io.tollgate.sink;

import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertKind;
import io.tollgate.avro.Webhook;
import io.tollgate.avro.WebhookSecret;
import io.tollgate.avro.WebhookStyle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Alerts as the topology writes them, and webhooks as the admin API does. */
public final class AlertRecords {
    private AlertRecords() {}

    /** Half of a monthly budget is used. */
    public static Alert alert(String company, String id, String... webhooks) {
        return Alert.newBuilder()
                .setId(id)
                .setRule("spend")
                .setKind(AlertKind.QUOTA_SHARE)
                .setCompany(company)
                .setQuota("acme-month")
                .setMetric("cost")
                .setCurrency("USD")
                .setThreshold(Records.exact("50"))
                .setValue(Records.exact("50.0001"))
                .setUsed(Records.exact("250.0005"))
                .setLimit(Records.exact("500"))
                .setWindowStart(Records.micros(Instant.parse("2026-11-01T00:00:00Z")))
                .setWindowEnd(Records.micros(Instant.parse("2026-12-01T00:00:00Z")))
                .setWebhooks(List.of(webhooks))
                .setAt(Records.now())
                .build();
    }

    public static Webhook webhook(String id, String url, String... secrets) {
        return Webhook.newBuilder()
                .setId(id)
                .setUrl(url)
                .setStyle(WebhookStyle.STANDARD)
                .setSecrets(List.of(secrets).stream().map(AlertRecords::secret).toList())
                .setVersion(1)
                .setCreatedAt(Records.now())
                .setUpdatedAt(Records.now())
                .build();
    }

    private static WebhookSecret secret(String text) {
        return new WebhookSecret(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), null);
    }
}
