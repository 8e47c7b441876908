package io.tollgate.schemas.decimal;

import io.tollgate.avro.ExactDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decimals to and from their Avro record. */
public final class Decimals {
    /** Far beyond what any sum of ours comes to. */
    private static final int WIDEST_SCALE = 8_192;

    private static final int WIDEST_BYTES = 4_096;

    /** So that products of three are within the widest; the longest that an administrator may write is within it. */
    private static final int WIDEST_GIVEN_SCALE = 2_000;

    private static final int WIDEST_GIVEN_BYTES = 1_024;

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

    /**
     * Whether it is a decimal, and one that can be computed with: a few bytes of a stranger's must not become a number of
     * a thousand million digits as soon as something is added to it.
     */
    public static boolean isReadable(ExactDecimal value) {
        return isWithin(value, WIDEST_SCALE, WIDEST_BYTES);
    }

    /** Whether it may come from outside: whatever is made of it is then {@link #isReadable readable} as well. */
    public static boolean mayBeGiven(ExactDecimal value) {
        return isWithin(value, WIDEST_GIVEN_SCALE, WIDEST_GIVEN_BYTES);
    }

    /** Whether it is a decimal of at most so many decimals, and of an integer of at most so many bytes. */
    public static boolean isWithin(ExactDecimal value, int widestScale, int widestBytes) {
        ByteBuffer big = value.getBig();
        int scale = value.getScale();
        return scale >= 0
                && scale <= widestScale
                && (big == null || (big.hasRemaining() && big.remaining() <= widestBytes));
    }

    /**
     * The value of a record.
     *
     * @throws NumberFormatException if it is no decimal, or absurdly long
     */
    public static Decimal fromAvro(ExactDecimal value) {
        ByteBuffer big = value.getBig();
        if (!isReadable(value)) {
            throw new NumberFormatException("a decimal that is none, or absurdly long");
        }
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
