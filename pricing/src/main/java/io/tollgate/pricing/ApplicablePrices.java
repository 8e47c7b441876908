package io.tollgate.pricing;

import io.tollgate.avro.Usage;
import io.tollgate.pricing.Ladder.Tier;
import io.tollgate.schemas.decimal.Decimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timelines that can decide one usage's prices. A company's own price replaces the global ladder of its dimension
 * and is final: only multipliers of the same timeline apply to it. Where it has none, it pays the global price times
 * the global multipliers times its markups.
 *
 * @param list the global book's, for the model
 * @param own the company's, for the model
 * @param markups the company's timelines whose multipliers are on the list price, {@code own} among them
 * @param via whose alias led to the model; null where none did
 */
record ApplicablePrices(
        @Nullable Timeline list, @Nullable Timeline own, List<Timeline> markups, @Nullable Timeline via) {

    /** Those of a company that has nothing of its own. */
    static ApplicablePrices ofAll(@Nullable Timeline list, @Nullable Timeline via) {
        return new ApplicablePrices(list, null, List.of(), via);
    }

    /**
     * Those of a company.
     *
     * @param markups what the company has for whatever the usage belongs to; null and repetitions are passed over
     */
    static ApplicablePrices ofCompany(
            @Nullable Timeline list, @Nullable Timeline own, @Nullable Timeline via, @Nullable Timeline... markups) {
        List<Timeline> all = new ArrayList<>(markups.length + 1);
        if (own != null) {
            all.add(own);
        }
        for (Timeline markup : markups) {
            if (markup != null && !all.contains(markup)) {
                all.add(markup);
            }
        }
        return new ApplicablePrices(list, own, all, via);
    }

    /** Whether any price, however it is narrowed, was set by {@code time}, epoch µs. It may have ended. */
    boolean haveBegun(long time) {
        return (list != null && list.pricesBegin() <= time) || (own != null && own.pricesBegin() <= time);
    }

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
        Decimal factor = listed.multiplier();
        for (Timeline markup : markups) {
            factor = product(factor, markup, dimension, tier, usage, basis);
        }
        return new Price(tier, factor);
    }

    /** Newest version among the timelines, null where there is none. */
    @Nullable
    Long version() {
        long newest = Math.max(versionOf(list), Math.max(versionOf(own), versionOf(via)));
        for (Timeline markup : markups) {
            newest = Math.max(newest, markup.version());
        }
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
