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
 * @param cost of the requests that are priced, null where none of them is: what is not known is not 0. A call that
 *     costs nothing, since it failed or is not billable, is priced, at 0.
 * @param listCost null where the cost is
 */
record StatsRow(
        Instant windowStart,
        List<@Nullable String> groups,
        @Nullable String currency,
        Counts counts,
        SortedMap<String, Decimal> dimensions,
        Decimal tokens,
        @Nullable Decimal cost,
        @Nullable Decimal listCost) {

    StatsRow {
        if (counts.areAllUnpriced()) {
            cost = null;
            listCost = null;
        }
    }

    /** How many requests, and what became of them. */
    record Counts(Decimal requests, Decimal successes, Decimal errors, Decimal unpriced) {
        boolean areZero() {
            return isZero(requests) && isZero(successes) && isZero(errors) && isZero(unpriced);
        }

        boolean areAllUnpriced() {
            return !isZero(unpriced) && unpriced.equals(requests);
        }
    }

    /**
     * Whether usage and its correction have left nothing: a voided event, or one that moved to another row when it was
     * priced. Such a row says nothing and would only puzzle.
     */
    boolean isEmpty() {
        return counts.areZero() && isZero(tokens) && isZero(cost) && isZero(listCost) && dimensions.isEmpty();
    }

    static boolean isZero(@Nullable Decimal value) {
        return Decimal.ZERO.equals(value);
    }
}
