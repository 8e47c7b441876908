package io.tollgate.gateway.catalog;

import io.tollgate.avro.PriceItem;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is read of one entry, gathered before it is judged. A zero beside prices is left out: in catalogues it stands for
 * "not known" or "there is none", and no price is better than a wrong one.
 */
final class EntryPrices {
    private static final String CURRENCY = "USD";
    private static final String ALL_TOKENS = "*token";
    private static final String ANY_TIER = "*";
    private static final String INPUT_TOKENS = "input_tokens";

    private final List<Rate> rates = new ArrayList<>();
    private final Map<Map<String, String>, Decimal> factors = new LinkedHashMap<>();
    private final List<Remark> remarks = new ArrayList<>();
    private boolean hasZero;

    void add(Rate rate) {
        if (rate.price().isZero()) {
            hasZero = true;
        } else {
            rates.add(rate);
        }
    }

    /** A factor on every price of tokens where the event is as {@code when} says. */
    void addFactor(Map<String, String> when, Decimal factor) {
        factors.put(when, factor);
    }

    void remark(Remark remark) {
        remarks.add(remark);
    }

    List<Remark> remarks() {
        return remarks;
    }

    boolean has(String dimension) {
        return rates.stream().anyMatch(rate -> rate.dimension().equals(dimension));
    }

    List<Rate> rates() {
        return rates;
    }

    /** Puts others in the place of the rates. */
    void replace(List<Rate> others) {
        List<Rate> copy = List.copyOf(others);
        rates.clear();
        rates.addAll(copy);
    }

    /** Why there is nothing to take; null where there is. */
    Verdict.@Nullable Skipped nothing(String entry, String provider) {
        if (!rates.isEmpty()) {
            return null;
        }
        if (hasZero) {
            return new Verdict.Skipped(
                    entry,
                    provider,
                    "only_zeros",
                    "all its prices are 0: not known rather than free; post a price of 0 if it is");
        }
        return remarks.isEmpty()
                ? new Verdict.Skipped(entry, provider, "no_price", "it has no price")
                : new Verdict.Skipped(
                        entry, provider, remarks.get(0).code(), remarks.get(0).detail());
    }

    /** Judges what was read and puts it in the book's words. */
    Verdict verdict(String entry, ModelPlace place) {
        Verdict.Skipped nothing = nothing(entry, place.provider());
        if (nothing != null) {
            return nothing;
        }
        String unitError = Sanity.unitError(rates);
        if (unitError != null) {
            return new Verdict.Quarantined(entry, place.provider(), "unit_error", unitError);
        }
        List<CataloguePrice> prices = prices(place, null, null, null);
        return prices.isEmpty()
                ? new Verdict.Quarantined(
                        entry,
                        place.provider(),
                        remarks.get(0).code(),
                        remarks.get(0).detail())
                : new Verdict.Taken(entry, place.provider(), prices, remarks);
    }

    /** The believable prices of one version. */
    List<CataloguePrice> prices(ModelPlace place, @Nullable String window, @Nullable Long from, @Nullable Long until) {
        List<CataloguePrice> prices = new ArrayList<>();
        for (Rate rate : Sanity.believable(rates, remarks)) {
            PriceItem item = blank(rate.dimension(), rate.serviceTier());
            item.setUnit(rate.unit());
            item.setUnitPrice(Decimals.toAvro(rate.price()));
            item.setCurrency(CURRENCY);
            item.setTierFrom(Decimals.toAvro(Decimal.of(rate.tierFrom())));
            item.setTierInclusive(rate.tierFrom() > 0 && Vendors.isTierInclusive(place.provider()));
            item.setRegion(place.region());
            item.setVariant(rate.variant() == null ? place.variant() : rate.variant());
            item.setTimeWindowUtc(window);
            prices.add(new CataloguePrice(place.provider(), place.model(), item, from, until));
        }
        if (!prices.isEmpty()) {
            factors.forEach((when, factor) -> {
                PriceItem item = blank(ALL_TOKENS, ANY_TIER);
                item.setMultiplier(Decimals.toAvro(factor));
                item.setWhen(when);
                prices.add(new CataloguePrice(place.provider(), place.model(), item, from, until));
            });
        }
        return prices;
    }

    /** A new item with nothing of its own; not by Avro's builder, which takes longer than all the rest. */
    private static PriceItem blank(String dimension, String serviceTier) {
        return new PriceItem(
                "",
                dimension,
                null,
                null,
                null,
                Map.of(),
                null,
                Decimals.toAvro(Decimal.ZERO),
                false,
                INPUT_TOKENS,
                serviceTier,
                null,
                null,
                null,
                0L,
                null,
                0L,
                null);
    }
}
