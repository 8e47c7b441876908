package io.tollgate.sink.quota;

import io.tollgate.avro.Boost;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.ManualReset;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.RowTable;
import io.tollgate.sink.batch.RowWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.Json;
import io.tollgate.sink.text.PeriodText;
import io.tollgate.sink.text.RowText;
import io.tollgate.sink.text.Words;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code quotas}: {@code config.quotas} as it stands. */
public final class Quotas {
    private static final Upsert UPSERT = Upsert.last(
            "quotas",
            "id text",
            "company text",
            "user_id text",
            "auth_id text",
            "provider text",
            "model text",
            "metric text",
            "currency text",
            "quota_limit numeric",
            "period text",
            "period_seconds bigint",
            "period_anchor timestamptz",
            "timezone text",
            "enforcement text",
            "thresholds numeric[]",
            "boost_limit numeric",
            "boost_until timestamptz",
            "resets jsonb",
            "version bigint",
            "created_at timestamptz",
            "updated_at timestamptz");

    private Quotas() {}

    public static RowWriter<Quota> writer(AvroCodec<Quota> codec) {
        RowText text = new RowText();
        return RowWriter.ofConfiguration(
                codec,
                new RowTable<>("quotas", "id text", UPSERT, (id, row) -> columns(id, row, text)),
                quota -> quota.getScope().getCompany());
    }

    private static @Nullable String[] columns(String id, Quota quota, RowText text) {
        Scope scope = quota.getScope();
        PeriodText period = PeriodText.of(quota.getPeriod(), text);
        Boost boost = quota.getBoost();
        return new @Nullable String[] {
            id,
            scope.getCompany(),
            scope.getUser(),
            scope.getKey(),
            scope.getProvider(),
            scope.getModel(),
            quota.getMetric(),
            quota.getCurrency(),
            text.decimal(quota.getLimit()),
            period.kind(),
            period.seconds(),
            period.anchor(),
            quota.getTimezone(),
            Words.of(quota.getEnforcement()),
            text.decimals(quota.getThresholds()),
            boost == null ? null : text.decimal(boost.getLimit()),
            boost == null ? null : text.time(boost.getUntil()),
            text.json(json -> resets(quota.getResets(), json)),
            Long.toString(quota.getVersion()),
            text.time(quota.getCreatedAt()),
            text.time(quota.getUpdatedAt())
        };
    }

    private static void resets(List<ManualReset> resets, Json json) {
        json.open('[');
        for (ManualReset reset : resets) {
            json.open('{')
                    .member("number", new ExactDecimal((long) reset.getNumber(), 0, null))
                    .member("company", reset.getCompany())
                    .member("user", reset.getUser())
                    .member("key", reset.getKey())
                    .member("reason", reset.getReason())
                    .member(
                            "at",
                            Instant.EPOCH.plus(reset.getAt(), ChronoUnit.MICROS).toString())
                    .close('}');
        }
        json.close(']');
    }
}
