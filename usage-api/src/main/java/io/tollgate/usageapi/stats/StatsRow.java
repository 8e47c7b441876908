package io.tollgate.usageapi.stats;

import io.tollgate.schemas.decimal.Decimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The totals of one window and group, in one currency.
 *
 * @param groups values of the question's groups, in their order; null where the usage has none
 * @param currency null where nothing in the row has a price
 * @param cost of the requests that are priced, null where none of them is: what is not known is not 0. A call that
 *     costs nothing, since it failed or is not billable, is priced, at 0.
 * @param listCost null where the cost is
 * @param latencies requests by latency bucket; empty where they were not asked for
 */
public record StatsRow(
        Instant windowStart,
        List<@Nullable String> groups,
        @Nullable String currency,
        Counts counts,
        SortedMap<String, Decimal> dimensions,
        Decimal tokens,
        @Nullable Decimal cost,
        @Nullable Decimal listCost,
        List<Long> latencies) {

    public StatsRow {
        if (counts.areAllUnpriced()) {
            cost = null;
            listCost = null;
        }
    }

    /** How many requests, and what became of them. */
    public record Counts(Decimal requests, Decimal successes, Decimal errors, Decimal unpriced) {
        private static final Counts NONE = new Counts(Decimal.ZERO, Decimal.ZERO, Decimal.ZERO, Decimal.ZERO);

        boolean areZero() {
            return isZero(requests) && isZero(successes) && isZero(errors) && isZero(unpriced);
        }

        boolean areAllUnpriced() {
            return !isZero(unpriced) && unpriced.equals(requests);
        }

        private Counts plus(Counts more) {
            return new Counts(
                    requests.plus(more.requests),
                    successes.plus(more.successes),
                    errors.plus(more.errors),
                    unpriced.plus(more.unpriced));
        }
    }

    /** A row of no usage. */
    static StatsRow none(Instant windowStart, List<@Nullable String> groups, @Nullable String currency) {
        return new StatsRow(
                windowStart,
                groups,
                currency,
                Counts.NONE,
                new TreeMap<>(),
                Decimal.ZERO,
                Decimal.ZERO,
                Decimal.ZERO,
                List.of());
    }

    /** Both rows' totals, of this row's window and group. */
    StatsRow plus(StatsRow more) {
        SortedMap<String, Decimal> quantities = new TreeMap<>(dimensions);
        more.dimensions.forEach((dimension, quantity) -> quantities.merge(dimension, quantity, Decimal::plus));
        return new StatsRow(
                windowStart,
                groups,
                currency,
                counts.plus(more.counts),
                quantities,
                tokens.plus(more.tokens),
                orZero(cost).plus(orZero(more.cost)),
                orZero(listCost).plus(orZero(more.listCost)),
                plus(latencies, more.latencies));
    }

    private static List<Long> plus(List<Long> some, List<Long> more) {
        if (some.isEmpty() || more.isEmpty()) {
            return some.isEmpty() ? more : some;
        }
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            sums.add(some.get(i) + more.get(i));
        }
        return sums;
    }

    /**
     * Whether usage and its correction have left nothing: a voided event, or one that moved to another row when it was
     * priced. Such a row says nothing and would only puzzle.
     */
    boolean isEmpty() {
        return counts.areZero() && isZero(tokens) && isZero(cost) && isZero(listCost) && dimensions.isEmpty();
    }

    /** A cost that is not known counts nothing in a sum. */
    static Decimal orZero(@Nullable Decimal value) {
        return value == null ? Decimal.ZERO : value;
    }

    static boolean isZero(@Nullable Decimal value) {
        return Decimal.ZERO.equals(value);
    }
}
