package io.tollgate.usageapi.stats;

import io.tollgate.schemas.decimal.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Where reports divide, and so round: half up, to so many decimals. Sums are never made of these. */
public final class Ratio {
    /** Decimals of a share or a rate: a ten-thousandth of a percent. */
    static final int RATE_PLACES = 6;
    /** Decimals of money per something, which may be as little as a token. */
    public static final int MONEY_PLACES = 12;

    private Ratio() {}

    /** Part ÷ whole as a share or a rate, null where one is not known or the whole is 0. */
    static @Nullable Decimal rate(@Nullable Decimal part, @Nullable Decimal whole) {
        return of(part, whole, RATE_PLACES);
    }

    /** Money ÷ number, null where one is not known or the number is 0. */
    static @Nullable Decimal money(@Nullable Decimal money, @Nullable Decimal number) {
        return of(money, number, MONEY_PLACES);
    }

    private static @Nullable Decimal of(@Nullable Decimal part, @Nullable Decimal whole, int places) {
        if (part == null || whole == null || whole.isZero()) {
            return null;
        }
        BigDecimal ratio = part.toBigDecimal().divide(whole.toBigDecimal(), places, RoundingMode.HALF_UP);
        return Decimal.of(ratio);
    }
}
