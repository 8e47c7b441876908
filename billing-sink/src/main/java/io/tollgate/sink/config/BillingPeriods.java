package io.tollgate.sink.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.avro.ClosedPeriod;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.RowTable;
import io.tollgate.sink.batch.RowWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.RowText;
import io.tollgate.sink.text.TextArray;
import org.jspecify.annotations.Nullable;

/** The table {@code billing_periods}: {@code config.periods} as it stands. */
public final class BillingPeriods {
    private static final Upsert UPSERT = Upsert.last(
            "billing_periods",
            "month date",
            "end_offsets bigint[]",
            "events_topic_id text",
            "closed_at timestamptz",
            "version bigint");

    private BillingPeriods() {}

    public static RowWriter<ClosedPeriod> writer(AvroCodec<ClosedPeriod> codec) {
        RowText text = new RowText();
        return RowWriter.ofConfiguration(
                codec,
                BillingPeriods::firstDay,
                new RowTable<>("billing_periods", "month date", UPSERT, (month, row) -> columns(month, row, text)),
                period -> null);
    }

    private static String firstDay(byte[] month) {
        return new String(month, UTF_8) + "-01";
    }

    private static @Nullable String[] columns(String month, ClosedPeriod period, RowText text) {
        return new @Nullable String[] {
            month,
            TextArray.of(period.getEndOffsets().stream().map(String::valueOf).toList()),
            period.getEventsTopicId(),
            text.time(period.getClosedAt()),
            Long.toString(period.getVersion())
        };
    }
}
