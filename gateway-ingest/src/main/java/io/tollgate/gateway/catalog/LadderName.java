package io.tollgate.gateway.catalog;

import io.tollgate.avro.PriceItem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one ladder of context tiers is for. Its tiers begin together: a catalogue that moves one of them begins the whole
 * ladder anew, or the others would be gone.
 */
record LadderName(
        String dimension,
        boolean isMultiplier,
        String serviceTier,
        @Nullable String region,
        @Nullable String variant,
        @Nullable String timeWindowUtc,
        Map<String, String> when) {

    static LadderName of(PriceItem item) {
        return new LadderName(
                item.getDimension(),
                item.getMultiplier() != null,
                item.getServiceTier(),
                item.getRegion(),
                item.getVariant(),
                item.getTimeWindowUtc(),
                item.getWhen());
    }
}
