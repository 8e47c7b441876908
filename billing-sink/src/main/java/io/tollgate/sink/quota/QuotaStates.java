package io.tollgate.sink.quota;

import io.tollgate.avro.QuotaState;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.RowTable;
import io.tollgate.sink.batch.RowWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.RowText;
import io.tollgate.sink.text.Words;
import org.jspecify.annotations.Nullable;

/** The table {@code quota_states}: of each count its current window. */
public final class QuotaStates {
    private static final Upsert UPSERT = Upsert.newest(
            "quota_states",
            "row_id uuid",
            "company text",
            "quota text",
            "user_id text",
            "auth_id text",
            "metric text",
            "currency text",
            "used numeric",
            "quota_limit numeric",
            "remaining numeric",
            "status text",
            "window_start timestamptz",
            "window_end timestamptz",
            "resets_at timestamptz",
            "version bigint",
            "changed_at timestamptz");

    private QuotaStates() {}

    public static RowWriter<QuotaState> writer(AvroCodec<QuotaState> codec) {
        RowText text = new RowText();
        return RowWriter.ofVersions(
                codec,
                QuotaState::getVersion,
                new RowTable<>("quota_states", "row_id uuid", UPSERT, (id, row) -> columns(id, row, text)),
                QuotaState::getCompany);
    }

    private static @Nullable String[] columns(String id, QuotaState state, RowText text) {
        return new @Nullable String[] {
            id,
            state.getCompany(),
            state.getQuota(),
            state.getUser(),
            state.getKey(),
            state.getMetric(),
            state.getCurrency(),
            text.decimal(state.getUsed()),
            text.decimal(state.getLimit()),
            text.decimal(state.getRemaining()),
            Words.of(state.getStatus()),
            text.time(state.getWindowStart()),
            text.time(state.getWindowEnd()),
            text.time(state.getResetsAt()),
            Long.toString(state.getVersion()),
            text.time(state.getChangedAt())
        };
    }
}
