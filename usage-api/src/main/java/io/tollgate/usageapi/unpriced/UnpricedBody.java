package io.tollgate.usageapi.unpriced;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of models without a price. */
record UnpricedBody(List<Item> items, @Nullable String nextCursor, String asOf) {

    /**
     * A model of a company.
     *
     * @param code why: no_price, mixed_currency, inconsistent_usage
     * @param quantities by dimension
     * @param withoutPrice the dimensions that no price was found for
     */
    record Item(
            String company,
            String provider,
            String model,
            String code,
            String requests,
            String firstSeen,
            String lastSeen,
            Map<String, String> quantities,
            List<String> withoutPrice) {

        List<String> key() {
            return List.of(company, provider, model, code);
        }
    }
}
