package io.tollgate.gateway.catalog;

import io.tollgate.gateway.admin.Times;
import io.tollgate.gateway.catalog.Tiers.Step;
import io.tollgate.schemas.decimal.Decimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One line of what an import changes.
 *
 * @param before the price in force until then; null: there was none
 * @param after the price from then on; null: the tier is no more
 */
record PriceDifference(
        String entry,
        String provider,
        String model,
        String dimension,
        String serviceTier,
        @Nullable String region,
        @Nullable String variant,
        @Nullable String timeWindowUtc,
        Map<String, String> when,
        String tierFrom,
        String effectiveFrom,
        @Nullable String before,
        @Nullable String after) {

    /** A line for each tier that is not as it was. */
    static List<PriceDifference> of(
            ModelPrices model, ModelPrices.Version version, @Nullable Tiers before, Tiers after, long start) {
        TreeSet<Decimal> limits = new TreeSet<>(Comparator.naturalOrder());
        limits.addAll(after.steps().keySet());
        if (before != null) {
            limits.addAll(before.steps().keySet());
        }
        LadderName name = version.name();
        List<PriceDifference> lines = new ArrayList<>();
        for (Decimal limit : limits) {
            Step old = before == null ? null : before.at(limit);
            Step fresh = after.at(limit);
            if (fresh == null || !fresh.equals(old)) {
                lines.add(new PriceDifference(
                        version.entry(),
                        model.provider(),
                        model.model(),
                        name.dimension(),
                        name.serviceTier(),
                        name.region(),
                        name.variant(),
                        name.timeWindowUtc(),
                        name.when(),
                        limit.toString(),
                        Times.text(start),
                        amount(old),
                        amount(fresh)));
            }
        }
        return lines;
    }

    private static @Nullable String amount(@Nullable Step step) {
        return step == null ? null : step.amount().toString();
    }
}
