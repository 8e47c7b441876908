package io.tollgate.sink.webhook;

import io.tollgate.avro.Alert;
import io.tollgate.avro.WebhookStyle;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.sink.text.Words;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is posted about an alert: the same text with every attempt. Amounts are strings, exact; times are RFC 3339 UTC. */
final class AlertBody {
    private static final JsonMapper JSON = new JsonMapper();

    private AlertBody() {}

    static String of(Alert alert, WebhookStyle style) {
        return JSON.writeValueAsString(style == WebhookStyle.SLACK ? slack(alert) : standard(alert));
    }

    private static Map<String, ?> standard(Alert alert) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "tollgate.alert." + (alert.getResolved() ? "resolved" : "fired"));
        body.put("timestamp", time(alert.getAt()));
        body.put("data", data(alert));
        return body;
    }

    private static Map<String, @Nullable Object> data(Alert alert) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("id", alert.getId());
        data.put("rule", alert.getRule());
        data.put("kind", Words.of(alert.getKind()));
        data.put("resolved", alert.getResolved());
        data.put("number", alert.getNumber());
        data.put("late", alert.getLate());
        data.put("company", alert.getCompany());
        data.put("user", alert.getUser());
        data.put("key", alert.getKey());
        data.put("provider", alert.getProvider());
        data.put("model", alert.getModel());
        data.put("quota", alert.getQuota());
        data.put("metric", alert.getMetric());
        data.put("currency", alert.getCurrency());
        data.put("threshold", Decimals.textOrNull(alert.getThreshold()));
        data.put("value", Decimals.textOrNull(alert.getValue()));
        data.put("used", Decimals.textOrNull(alert.getUsed()));
        data.put("limit", Decimals.textOrNull(alert.getLimit()));
        data.put("window_start", time(alert.getWindowStart()));
        data.put("window_end", time(alert.getWindowEnd()));
        data.put("at", time(alert.getAt()));
        data.put("message", AlertSentence.of(alert));
        return data;
    }

    /** The three characters that Slack's text gives a meaning to. */
    private static Map<String, String> slack(Alert alert) {
        String text = AlertSentence.of(alert)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        return Map.of("text", text);
    }

    private static String time(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).toString();
    }
}
