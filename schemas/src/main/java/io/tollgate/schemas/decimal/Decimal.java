package io.tollgate.schemas.decimal;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An exact decimal: an unscaled integer and a scale. The unscaled value is a {@code long} while it fits and a
 * {@link BigInteger} beyond, so the usual case allocates nothing but the result and no case overflows. There is no
 * division and so no rounding; whoever rounds does it outside, by name.
 *
 * <p>Always in normal form (no trailing zero decimals, scale ≥ 0): equal numbers are equal objects.
 */
public final class Decimal implements Comparable<Decimal> {
    public static final Decimal ZERO = new Decimal(0, null, 0);
    public static final Decimal ONE = new Decimal(1, null, 0);

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private final long unscaled;
    private final @Nullable BigInteger big;
    private final int scale;

    private Decimal(long unscaled, @Nullable BigInteger big, int scale) {
        this.unscaled = unscaled;
        this.big = big;
        this.scale = scale;
    }

    /** The whole number {@code value}. */
    public static Decimal of(long value) {
        return new Decimal(value, null, 0);
    }

    /** {@code unscaled} × 10^-{@code scale}. */
    public static Decimal of(long unscaled, int scale) {
        if (scale < 0) {
            return of(BigDecimal.valueOf(unscaled, scale));
        }
        while (scale > 0 && unscaled % 10 == 0) {
            unscaled /= 10;
            scale--;
        }
        return new Decimal(unscaled, null, scale);
    }

    /** {@code unscaled} × 10^-{@code scale}. */
    public static Decimal of(BigInteger unscaled, int scale) {
        if (unscaled.bitLength() < Long.SIZE) {
            return of(unscaled.longValue(), scale);
        }
        return of(new BigDecimal(unscaled, scale));
    }

    public static Decimal of(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() < 0) {
            plain = plain.setScale(0);
        }
        BigInteger integer = plain.unscaledValue();
        return integer.bitLength() < Long.SIZE
                ? new Decimal(integer.longValue(), null, plain.scale())
                : new Decimal(0, integer, plain.scale());
    }

    /**
     * Reads plain or exponent notation ({@code 12}, {@code -0.5}, {@code 2.5e-6}).
     *
     * @throws NumberFormatException if the text is no number, or its exponent is beyond ±{@value #MAX_EXPONENT}: a
     *     short text must not become a long number
     */
    public static Decimal parse(String text) {
        Decimal fast = parseShort(text);
        if (fast != null) {
            return fast;
        }
        if (text.length() > MAX_EXPONENT) {
            throw new NumberFormatException("a number of more than " + MAX_EXPONENT + " characters");
        }
        BigDecimal value = new BigDecimal(text);
        if (Math.abs((long) value.scale()) > MAX_EXPONENT || value.precision() > MAX_EXPONENT) {
            throw new NumberFormatException("a number of more than " + MAX_EXPONENT + " decimal places");
        }
        return of(value);
    }

    /** Widest exponent and longest digit string that {@link #parse} takes. */
    public static final int MAX_EXPONENT = 1_000;

    /** Digits and one point, up to 18 digits: no object but the result. */
    private static @Nullable Decimal parseShort(String text) {
        int length = text.length();
        int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (length - start < 1 || length - start > 19) {
            return null;
        }
        long value = 0;
        int digits = 0;
        int point = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                value = value * 10 + (c - '0');
                digits++;
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                return null;
            }
        }
        if (digits == 0 || digits > 18 || point == start || point == length - 1) {
            return null;
        }
        return of(start == 1 ? -value : value, point < 0 ? 0 : length - point - 1);
    }

    public Decimal plus(Decimal other) {
        if (big == null && other.big == null) {
            int common = Math.max(scale, other.scale);
            int up = common - scale;
            int otherUp = common - other.scale;
            if (up < POWERS_OF_TEN.length && otherUp < POWERS_OF_TEN.length) {
                long high = Math.multiplyHigh(unscaled, POWERS_OF_TEN[up]);
                long mine = unscaled * POWERS_OF_TEN[up];
                long otherHigh = Math.multiplyHigh(other.unscaled, POWERS_OF_TEN[otherUp]);
                long theirs = other.unscaled * POWERS_OF_TEN[otherUp];
                long sum = mine + theirs;
                boolean productsFit = high == mine >> 63 && otherHigh == theirs >> 63;
                boolean sumFits = ((mine ^ sum) & (theirs ^ sum)) >= 0;
                if (productsFit && sumFits) {
                    return of(sum, common);
                }
            }
        }
        return of(toBigDecimal().add(other.toBigDecimal()));
    }

    public Decimal times(Decimal other) {
        if (big == null && other.big == null) {
            long product = unscaled * other.unscaled;
            if (Math.multiplyHigh(unscaled, other.unscaled) == product >> 63) {
                return of(product, scale + other.scale);
            }
        }
        return of(toBigDecimal().multiply(other.toBigDecimal()));
    }

    public Decimal negated() {
        if (big == null && unscaled != Long.MIN_VALUE) {
            return unscaled == 0 ? this : new Decimal(-unscaled, null, scale);
        }
        return of(toBigDecimal().negate());
    }

    /** -1, 0 or 1. */
    public int signum() {
        return big == null ? Long.signum(unscaled) : big.signum();
    }

    public boolean isZero() {
        return signum() == 0;
    }

    /** Number of decimals. */
    public int scale() {
        return scale;
    }

    /** Number of digits, leading zeros not counted; 1 for zero. */
    public int precision() {
        return toBigDecimal().precision();
    }

    /** Whether {@link #unscaledLong} holds the unscaled value. */
    public boolean fitsLong() {
        return big == null;
    }

    /** Unscaled value where {@link #fitsLong}, else 0. */
    public long unscaledLong() {
        return unscaled;
    }

    public BigInteger unscaledValue() {
        return big == null ? BigInteger.valueOf(unscaled) : big;
    }

    public BigDecimal toBigDecimal() {
        return big == null ? BigDecimal.valueOf(unscaled, scale) : new BigDecimal(big, scale);
    }

    @Override
    public int compareTo(Decimal other) {
        if (big == null && other.big == null && scale == other.scale) {
            return Long.compare(unscaled, other.unscaled);
        }
        return toBigDecimal().compareTo(other.toBigDecimal());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Decimal that
                && unscaled == that.unscaled
                && scale == that.scale
                && (big == null ? that.big == null : big.equals(that.big));
    }

    @Override
    public int hashCode() {
        return 31 * (big == null ? Long.hashCode(unscaled) : big.hashCode()) + scale;
    }

    /** Plain notation without an exponent: {@code 0.0000025}. */
    @Override
    public String toString() {
        return scale == 0 && big == null
                ? Long.toString(unscaled)
                : toBigDecimal().toPlainString();
    }

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
