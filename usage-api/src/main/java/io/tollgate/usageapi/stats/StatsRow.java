package io.tollgate.usageapi.stats;

import io.tollgate.schemas.decimal.Decimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The totals of one window and group, in one currency.
 *
 * @param groups values of the question's groups, in their order; null where the usage has none
 * @param currency null where nothing in the row has a price
 */
record StatsRow(
        Instant windowStart,
        List<@Nullable String> groups,
        @Nullable String currency,
        Counts counts,
        SortedMap<String, Decimal> dimensions,
        Decimal tokens,
        Decimal cost,
        Decimal listCost) {

    /** How many requests, and what became of them. */
    record Counts(Decimal requests, Decimal successes, Decimal errors, Decimal unpriced) {
        boolean areZero() {
            return isZero(requests) && isZero(successes) && isZero(errors) && isZero(unpriced);
        }
    }

    /**
     * Whether usage and its correction have left nothing: a voided event, or one that moved to another row when it was
     * priced. Such a row says nothing and would only puzzle.
     */
    boolean isEmpty() {
        return counts.areZero() && isZero(tokens) && isZero(cost) && isZero(listCost) && dimensions.isEmpty();
    }

    static boolean isZero(Decimal value) {
        return value.equals(Decimal.ZERO);
    }
}
