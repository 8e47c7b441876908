package io.tollgate.sink.text;

import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import org.jspecify.annotations.Nullable;

/** A period's three columns: its kind, and where they say something its length and anchor. */
public record PeriodText(@Nullable String kind, @Nullable String seconds, @Nullable String anchor) {

    public static PeriodText of(@Nullable Period period, RowText text) {
        if (period == null) {
            return new PeriodText(null, null, null);
        }
        PeriodKind kind = period.getKind();
        boolean anchored = kind == PeriodKind.EVERY;
        return new PeriodText(
                Words.of(kind),
                anchored || kind == PeriodKind.ROLLING ? Long.toString(period.getSeconds()) : null,
                anchored ? text.time(period.getAnchor()) : null);
    }
}
