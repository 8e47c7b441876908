package io.tollgate.gateway.catalog;

import io.tollgate.schemas.decimal.Decimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code search_context_cost_per_query}: what a search costs by how much context it brings. Where that makes no difference
 * it is one price for any; else one for each {@code variant}. What is counted differs by vendor, as in the formats.
 */
final class LitellmSearch {
    private static final String PREFIX = "search_context_size_";

    private LitellmSearch() {}

    static void read(String key, JsonNode sizes, JsonNode entry, ModelPlace place, EntryPrices prices) {
        List<Rate> rates = new ArrayList<>();
        boolean byQuery =
                "per_query".equals(entry.path("web_search_billing_unit").asString(""));
        sizes.properties().forEach(size -> {
            Decimal price = Numbers.of(size.getValue());
            if (price == null || !size.getKey().startsWith(PREFIX)) {
                prices.remark(Remark.quarantined(key, "no_number", size + " is no price of a search"));
            } else if (!price.isZero()) {
                String variant = size.getKey().substring(PREFIX.length());
                rates.add(new Rate(key, "web_search_call", "query", price, Rate.STANDARD, 0, variant));
            }
        });
        HashSet<Decimal> different = new HashSet<>();
        rates.forEach(rate -> different.add(rate.price()));
        boolean isOne = different.size() == 1;
        for (Rate rate : isOne ? rates.subList(0, 1) : rates) {
            prices.add(named(rate, isOne ? null : rate.variant(), byQuery, place));
        }
    }

    private static Rate named(Rate rate, @Nullable String variant, boolean byQuery, ModelPlace place) {
        String dimension = "web_search_call";
        String unit = "query";
        if (place.model().contains("gemini")) {
            dimension = byQuery ? "grounding_query" : "grounding_request";
            unit = byQuery ? "query" : "request";
        } else if (place.provider().equals("perplexity")) {
            // Sonar has a fee for each call by its context; deep research counts its searches.
            dimension = variant == null ? "search_query" : "request";
            unit = variant == null ? "query" : "request";
        }
        return new Rate(rate.key(), dimension, unit, rate.price(), Rate.STANDARD, 0, variant);
    }
}
