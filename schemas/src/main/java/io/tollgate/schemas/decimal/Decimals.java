package io.tollgate.schemas.decimal;

import io.tollgate.avro.ExactDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decimals to and from their Avro record. */
public final class Decimals {
    private Decimals() {}

    public static ExactDecimal toAvro(Decimal value) {
        return value.fitsLong()
                ? new ExactDecimal(value.unscaledLong(), value.scale(), null)
                : new ExactDecimal(
                        0L, value.scale(), ByteBuffer.wrap(value.unscaledValue().toByteArray()));
    }

    /** Digits as {@link Decimal#toString} gives them; null stays null. */
    public static @Nullable String textOrNull(@Nullable Decimal value) {
        return value == null ? null : value.toString();
    }

    /** Digits as {@link Decimal#toString} gives them; null stays null. */
    public static @Nullable String textOrNull(@Nullable ExactDecimal value) {
        return textOrNull(fromAvroOrNull(value));
    }

    public static @Nullable ExactDecimal toAvroOrNull(@Nullable Decimal value) {
        return value == null ? null : toAvro(value);
    }

    public static Decimal fromAvro(ExactDecimal value) {
        ByteBuffer big = value.getBig();
        if (big == null) {
            return Decimal.of(value.getUnscaled(), value.getScale());
        }
        byte[] bytes = new byte[big.remaining()];
        big.duplicate().get(bytes);
        return Decimal.of(new BigInteger(bytes), value.getScale());
    }

    public static @Nullable Decimal fromAvroOrNull(@Nullable ExactDecimal value) {
        return value == null ? null : fromAvro(value);
    }
}
