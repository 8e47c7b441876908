package io.tollgate.usageapi.stats;

import io.tollgate.schemas.LatencyBuckets;
import io.tollgate.schemas.decimal.Decimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A row of a report: totals, and what follows from them.
 *
 * @param isOther whether it is the rest behind the top
 * @param share of its window's total in its currency, rounded
 * @param previous the same group's totals one period before; null where nothing is compared
 */
record ReportRow(StatsRow totals, boolean isOther, @Nullable Decimal share, @Nullable StatsRow previous) {
    private static final Decimal MILLION = Decimal.of(1_000_000);

    /** What the company is charged beyond what the vendor charges; exact. */
    @Nullable
    Decimal margin() {
        return difference(totals.cost(), totals.listCost());
    }

    /** Rounded. */
    @Nullable
    Decimal errorRate() {
        return Ratio.rate(totals.counts().errors(), totals.counts().requests());
    }

    /** Of the requests that have a price; rounded. */
    @Nullable
    Decimal costPerRequest() {
        Decimal priced =
                totals.counts().requests().plus(totals.counts().unpriced().negated());
        return Ratio.money(totals.cost(), priced);
    }

    /** Rounded; null where some of the tokens have no price. */
    @Nullable
    Decimal costPerMillionTokens() {
        Decimal cost = totals.cost();
        return cost == null || !totals.counts().unpriced().isZero()
                ? null
                : Ratio.money(cost.times(MILLION), totals.tokens());
    }

    /** In milliseconds, estimated; null where no latency is known. */
    @Nullable
    Long latency(int percent) {
        OptionalLong estimate = LatencyBuckets.percentile(totals.latencies(), percent);
        return estimate.isPresent() ? estimate.getAsLong() : null;
    }

    /** What has changed since the previous period; exact. */
    Map<String, @Nullable Decimal> changes(StatsRow before) {
        Map<String, @Nullable Decimal> changes = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            changes.put(measure.word(), difference(measure.of(totals), measure.of(before)));
        }
        return changes;
    }

    /** The changes as parts of what was before; rounded. */
    Map<String, @Nullable Decimal> changeRates(StatsRow before) {
        Map<String, @Nullable Decimal> rates = changes(before);
        for (Measure measure : Measure.values()) {
            rates.computeIfPresent(measure.word(), (word, change) -> Ratio.rate(change, measure.of(before)));
        }
        return rates;
    }

    private static @Nullable Decimal difference(@Nullable Decimal one, @Nullable Decimal other) {
        return one == null || other == null ? null : one.plus(other.negated());
    }
}
