package io.tollgate.sink.quota;

import io.tollgate.avro.QuotaReset;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.RowTable;
import io.tollgate.sink.batch.RowWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.RowText;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code quota_resets}: what had been used when a count began anew. A later correction of that window is a higher
 * version of its row.
 */
public final class QuotaResets {
    private static final Upsert UPSERT = Upsert.newest(
            "quota_resets",
            "row_id uuid",
            "company text",
            "quota text",
            "user_id text",
            "auth_id text",
            "window_start timestamptz",
            "window_end timestamptz",
            "number integer",
            "reason text",
            "metric text",
            "currency text",
            "used numeric",
            "quota_limit numeric",
            "late boolean",
            "version bigint",
            "reset_at timestamptz");

    private QuotaResets() {}

    public static RowWriter<QuotaReset> writer(AvroCodec<QuotaReset> codec) {
        RowText text = new RowText();
        return RowWriter.ofVersions(
                codec,
                QuotaReset::getVersion,
                new RowTable<>("quota_resets", "row_id uuid", UPSERT, (id, row) -> columns(id, row, text)),
                QuotaReset::getCompany);
    }

    private static @Nullable String[] columns(String id, QuotaReset reset, RowText text) {
        return new @Nullable String[] {
            id,
            reset.getCompany(),
            reset.getQuota(),
            reset.getUser(),
            reset.getKey(),
            text.time(reset.getWindowStart()),
            text.time(reset.getWindowEnd()),
            Integer.toString(reset.getNumber()),
            reset.getReason(),
            reset.getMetric(),
            reset.getCurrency(),
            text.decimal(reset.getUsed()),
            text.decimal(reset.getLimit()),
            Boolean.toString(reset.getLate()),
            Long.toString(reset.getVersion()),
            text.time(reset.getAt())
        };
    }
}
