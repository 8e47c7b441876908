package io.tollgate.pricing;

import io.tollgate.avro.Usage;
import io.tollgate.pricing.Ladder.Tier;
import io.tollgate.schemas.decimal.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * The timelines that can decide one usage's prices. A company's own price replaces the global ladder of its dimension
 * and is final: only multipliers of the same timeline apply to it. Where it has none, it pays the global price times
 * the global multipliers times its markups.
 *
 * @param list the global book's, for the model
 * @param own the company's, for the model
 * @param ownProvider the company's markups on everything of the provider
 * @param ownAll the company's markups on everything
 */
record ApplicablePrices(
        @Nullable Timeline list, @Nullable Timeline own, @Nullable Timeline ownProvider, @Nullable Timeline ownAll) {

    /** A unit price with the multipliers that apply to it; {@code multiplier} is null where none does. */
    record Price(Tier tier, @Nullable Decimal multiplier) {
        Decimal costOf(Decimal quantity) {
            Decimal cost = quantity.times(tier.amount());
            return multiplier == null ? cost : cost.times(multiplier);
        }
    }

    @Nullable
    Price listPrice(String dimension, Usage usage, TierBasis basis) {
        Tier tier = list == null ? null : list.priceOf(dimension, usage, basis);
        if (tier == null) {
            return null;
        }
        return new Price(tier, product(null, list, dimension, tier, usage, basis));
    }

    @Nullable
    Price ownPrice(String dimension, Usage usage, TierBasis basis) {
        Tier tier = own == null ? null : own.priceOf(dimension, usage, basis);
        if (tier == null) {
            return null;
        }
        return new Price(tier, product(null, own, dimension, tier, usage, basis));
    }

    /** The list price as this company pays it. */
    Price withMarkup(Price listed, String dimension, Usage usage, TierBasis basis) {
        Tier tier = listed.tier();
        Decimal factor = product(listed.multiplier(), own, dimension, tier, usage, basis);
        factor = product(factor, ownProvider, dimension, tier, usage, basis);
        factor = product(factor, ownAll, dimension, tier, usage, basis);
        return new Price(tier, factor);
    }

    /** Newest version among the timelines, null where there is none. */
    @Nullable
    Long version() {
        long newest = Math.max(
                Math.max(versionOf(list), versionOf(own)), Math.max(versionOf(ownProvider), versionOf(ownAll)));
        return newest == Long.MIN_VALUE ? null : newest;
    }

    /** The model's one currency, for what costs nothing. */
    @Nullable
    String currency() {
        String charged = own == null ? null : own.onlyCurrency();
        return charged != null || list == null ? charged : list.onlyCurrency();
    }

    private static long versionOf(@Nullable Timeline timeline) {
        return timeline == null ? Long.MIN_VALUE : timeline.version();
    }

    private static @Nullable Decimal product(
            @Nullable Decimal factor,
            @Nullable Timeline timeline,
            String dimension,
            Tier tier,
            Usage usage,
            TierBasis basis) {
        if (timeline == null) {
            return factor;
        }
        String unit = Units.of(dimension, tier.item().getUnit());
        for (Multiplier multiplier : timeline.multipliers()) {
            Decimal more = multiplier.factorFor(dimension, unit, usage, basis);
            if (more != null) {
                factor = factor == null ? more : factor.times(more);
            }
        }
        return factor;
    }
}
