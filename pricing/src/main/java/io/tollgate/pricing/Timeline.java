package io.tollgate.pricing;

import io.tollgate.avro.ModelName;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Usage;
import io.tollgate.pricing.Ladder.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of one (company, provider, model), sorted out for lookup: ladders of prices by dimension, and multipliers. */
final class Timeline {
    private final PriceTimeline source;
    private final Map<String, List<Ladder>> prices;
    private final List<Multiplier> multipliers;
    private final @Nullable Ladder aliases;
    private final long pricesBegin;

    private Timeline(
            PriceTimeline source,
            Map<String, List<Ladder>> prices,
            List<Multiplier> multipliers,
            @Nullable Ladder aliases) {
        this.source = source;
        this.prices = prices;
        this.multipliers = multipliers;
        this.aliases = aliases;
        this.pricesBegin = source.getItems().stream()
                .filter(item -> item.getUnitPrice() != null)
                .mapToLong(PriceItem::getEffectiveFrom)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    static Timeline of(PriceTimeline source) {
        Map<LadderKey, List<PriceItem>> ladders = new HashMap<>();
        source.getItems().forEach(item -> ladders.computeIfAbsent(LadderKey.of(item), key -> new ArrayList<>())
                .add(item));
        Map<String, List<Ladder>> prices = new HashMap<>();
        List<Multiplier> multipliers = new ArrayList<>();
        Ladder aliases = null;
        for (Map.Entry<LadderKey, List<PriceItem>> entry : ladders.entrySet()) {
            LadderKey key = entry.getKey();
            Ladder ladder = Ladder.of(key.conditions(), entry.getValue());
            switch (key.kind()) {
                case PRICE ->
                    prices.computeIfAbsent(key.dimension(), dimension -> new ArrayList<>())
                            .add(ladder);
                case MULTIPLIER -> multipliers.add(new Multiplier(key.dimension(), key.when(), ladder));
                case ALIAS -> aliases = ladder;
            }
        }
        return new Timeline(source, prices, List.copyOf(multipliers), aliases);
    }

    long version() {
        return source.getVersion();
    }

    /** When the first price begins, epoch µs; {@link Long#MAX_VALUE} where there is none. */
    long pricesBegin() {
        return pricesBegin;
    }

    /** Whose prices the model has at {@code time}, epoch µs; null where it is no alias. */
    @Nullable
    ModelName aliasAt(long time, TierBasis basis) {
        Tier alias = aliases == null ? null : aliases.at(time, basis);
        return alias == null ? null : alias.item().getAliasOf();
    }

    List<Multiplier> multipliers() {
        return multipliers;
    }

    /** Price of one unit of {@code dimension} for this usage, from the ladder that is closest to it; null: no price. */
    @Nullable
    Tier priceOf(String dimension, Usage usage, TierBasis basis) {
        List<Ladder> candidates = prices.get(dimension);
        if (candidates == null) {
            return null;
        }
        Tier best = null;
        int bestScore = Conditions.NO_MATCH;
        for (Ladder ladder : candidates) {
            int score = ladder.conditions().scoreFor(usage);
            if (score > bestScore) {
                Tier tier = ladder.at(usage.getEventTime(), basis);
                if (tier != null) {
                    best = tier;
                    bestScore = score;
                }
            }
        }
        return best;
    }

    /** The currency that the model is priced in, where all its prices agree on one. */
    @Nullable
    String onlyCurrency() {
        String currency = null;
        for (PriceItem item : source.getItems()) {
            String own = item.getCurrency();
            if (own == null) {
                continue;
            }
            if (currency != null && !currency.equals(own)) {
                return null;
            }
            currency = own;
        }
        return currency;
    }
}
