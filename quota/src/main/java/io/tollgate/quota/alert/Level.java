package io.tollgate.quota.alert;

import io.tollgate.quota.Standing;
import io.tollgate.schemas.decimal.Decimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a rule looks at, as a fraction in the unit of its thresholds. It is compared by multiplication, so nothing is
 * rounded before it has been decided.
 *
 * @param amount the fraction's upper part
 * @param whole its lower part, never negative
 * @param isEnough whether there is enough behind it to be looked at; else it is below every threshold
 * @param used amount to be shown with it
 * @param limit of the quota, null where there is none
 */
public record Level(Decimal amount, Decimal whole, boolean isEnough, Decimal used, @Nullable Decimal limit) {
    static final Decimal PER_CENT = Decimal.of(100);
    private static final int SHOWN_DECIMALS = 4;

    /** In percent. Of a limit of 0 any use is too much. */
    static Level quotaShare(Standing standing) {
        Decimal used = standing.used();
        Decimal limit = standing.limit();
        return new Level(used.times(PER_CENT), limit, limit.signum() > 0 || used.signum() > 0, used, limit);
    }

    static Level spend(Decimal cost) {
        return new Level(cost, Decimal.ONE, true, cost, null);
    }

    /**
     * How many times the mean of the windows before.
     *
     * @param before what those windows cost together
     */
    static Level spike(Decimal cost, Decimal before, int windows, Decimal minimum) {
        boolean isEnough = before.signum() > 0 && cost.compareTo(minimum) >= 0;
        return new Level(cost.times(Decimal.of(windows)), before, isEnough, cost, null);
    }

    /** In percent of the requests. */
    static Level errorShare(Decimal errors, Decimal requests, Decimal minimum) {
        boolean isEnough = requests.signum() > 0 && requests.compareTo(minimum) >= 0;
        return new Level(errors.times(PER_CENT), requests, isEnough, errors, null);
    }

    static Level unpriced(Decimal requests) {
        return new Level(requests, Decimal.ONE, true, requests, null);
    }

    boolean isAtLeast(Decimal threshold) {
        return isEnough && amount.compareTo(threshold.times(whole)) >= 0;
    }

    /**
     * To be shown: four decimals, rounded down, so that what is below a threshold never looks as if it were not. The
     * share of a limit of 0 is no number; whatever was crossed is shown for it.
     */
    Decimal shown(Decimal threshold) {
        if (whole.signum() <= 0) {
            return isEnough ? threshold : Decimal.ZERO;
        }
        return whole.equals(Decimal.ONE)
                ? amount
                : Decimal.of(amount.toBigDecimal().divide(whole.toBigDecimal(), SHOWN_DECIMALS, RoundingMode.FLOOR));
    }
}
