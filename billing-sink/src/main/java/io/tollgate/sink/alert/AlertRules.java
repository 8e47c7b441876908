package io.tollgate.sink.alert;

import io.tollgate.avro.AlertRule;
import io.tollgate.avro.Scope;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.RowTable;
import io.tollgate.sink.batch.RowWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.PeriodText;
import io.tollgate.sink.text.RowText;
import io.tollgate.sink.text.TextArray;
import io.tollgate.sink.text.Words;
import org.jspecify.annotations.Nullable;

/** The table {@code alert_rules}: {@code config.alerts} as it stands. */
public final class AlertRules {
    private static final Upsert UPSERT = Upsert.last(
            "alert_rules",
            "id text",
            "company text",
            "user_id text",
            "auth_id text",
            "provider text",
            "model text",
            "kind text",
            "quota text",
            "thresholds numeric[]",
            "period text",
            "period_seconds bigint",
            "period_anchor timestamptz",
            "timezone text",
            "currency text",
            "minimum numeric",
            "baseline_windows integer",
            "webhooks text[]",
            "enabled boolean",
            "version bigint",
            "created_at timestamptz",
            "updated_at timestamptz");

    private AlertRules() {}

    public static RowWriter<AlertRule> writer(AvroCodec<AlertRule> codec) {
        RowText text = new RowText();
        return RowWriter.ofConfiguration(
                codec,
                new RowTable<>("alert_rules", "id text", UPSERT, (id, row) -> columns(id, row, text)),
                rule -> rule.getScope().getCompany());
    }

    private static @Nullable String[] columns(String id, AlertRule rule, RowText text) {
        Scope scope = rule.getScope();
        PeriodText window = PeriodText.of(rule.getWindow(), text);
        return new @Nullable String[] {
            id,
            scope.getCompany(),
            scope.getUser(),
            scope.getKey(),
            scope.getProvider(),
            scope.getModel(),
            Words.of(rule.getKind()),
            rule.getQuota(),
            text.decimals(rule.getThresholds()),
            window.kind(),
            window.seconds(),
            window.anchor(),
            rule.getTimezone(),
            rule.getCurrency(),
            text.decimalOrNull(rule.getMinimum()),
            Integer.toString(rule.getBaselineWindows()),
            TextArray.of(rule.getWebhooks()),
            Boolean.toString(rule.getEnabled()),
            Long.toString(rule.getVersion()),
            text.time(rule.getCreatedAt()),
            text.time(rule.getUpdatedAt())
        };
    }
}
