package io.tollgate.pricing;

import io.tollgate.avro.PriceItem;
import java.util.Map;

/** Items with the same key stand on one ladder: they differ in context tier and in time only. */
record LadderKey(String dimension, boolean isMultiplier, Conditions conditions, Map<String, String> when) {
    static LadderKey of(PriceItem item) {
        boolean isMultiplier = item.getMultiplier() != null;
        return new LadderKey(item.getDimension(), isMultiplier, Conditions.of(item), item.getWhen());
    }
}
