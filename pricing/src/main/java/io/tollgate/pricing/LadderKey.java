package io.tollgate.pricing;

import io.tollgate.avro.PriceItem;
import java.util.Map;

/** Items with the same key stand on one ladder: they differ in context tier and in time only. */
record LadderKey(String dimension, Kind kind, Conditions conditions, Map<String, String> when) {
    enum Kind {
        PRICE,
        MULTIPLIER,
        ALIAS;

        static Kind of(PriceItem item) {
            if (item.getAliasOf() != null) {
                return ALIAS;
            }
            return item.getMultiplier() != null ? MULTIPLIER : PRICE;
        }
    }

    static LadderKey of(PriceItem item) {
        return new LadderKey(item.getDimension(), Kind.of(item), Conditions.of(item), item.getWhen());
    }
}
