package io.tollgate.gateway.catalog;

import io.tollgate.schemas.decimal.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * One price of an entry: money for one unit.
 *
 * @param key the catalogue's name of it
 * @param tierFrom tokens of the prompt that it begins above; 0: from the first
 * @param variant size, quality or amount of context that it is for; null: any
 */
record Rate(
        String key,
        String dimension,
        String unit,
        Decimal price,
        String serviceTier,
        long tierFrom,
        @Nullable String variant) {
    static final String STANDARD = "standard";
    static final String BATCH = "batch";
    static final String TOKEN = "token";

    boolean isToken() {
        return unit.equals(TOKEN);
    }

    Rate as(String otherDimension) {
        return new Rate(key, otherDimension, unit, price, serviceTier, tierFrom, variant);
    }

    /** Whether both are for the same calls, in dimensions that may differ. */
    boolean isBeside(Rate other) {
        return serviceTier.equals(other.serviceTier) && tierFrom == other.tierFrom;
    }
}
