package io.tollgate.sink.text;

import io.tollgate.avro.ExactDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Single values as text that PostgreSQL casts, each by way of one buffer. Not thread-safe. */
public final class RowText {
    private final ByteText scratch = new ByteText(64);

    public String time(long epochMicros) {
        return Calendar.timestampText(epochMicros, scratch);
    }

    public @Nullable String time(@Nullable Long epochMicros) {
        return epochMicros == null ? null : time((long) epochMicros);
    }

    public String decimal(ExactDecimal value) {
        return of(out -> out.decimal(value));
    }

    public @Nullable String decimalOrNull(@Nullable ExactDecimal value) {
        return value == null ? null : decimal(value);
    }

    /** An array of numbers. */
    public String decimals(List<ExactDecimal> values) {
        return TextArray.of(values.stream().map(this::decimal).toList());
    }

    public String json(Consumer<Json> writing) {
        return of(out -> writing.accept(Json.plain(out)));
    }

    private String of(Consumer<ByteText> writing) {
        scratch.clear();
        writing.accept(scratch);
        return scratch.toString();
    }
}
