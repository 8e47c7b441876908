package io.tollgate.pricing;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Which events a ladder is for. The service tier must be the event's ({@value #ANY} takes each): a priority call is
 * never charged at the standard price because somebody forgot an item. Region, variant and time of day are narrowings:
 * the ladder that names the event's wins over the one that names none.
 */
record Conditions(
        String serviceTier, @Nullable String region, @Nullable String variant, @Nullable DailyWindow timeWindow) {
    static final String STANDARD = "standard";
    static final String ANY = "*";

    /** Score of a ladder that is not for the event. */
    static final int NO_MATCH = -1;

    static Conditions of(PriceItem item) {
        String window = item.getTimeWindowUtc();
        return new Conditions(
                item.getServiceTier(),
                item.getRegion(),
                item.getVariant(),
                window == null ? null : DailyWindow.parse(window));
    }

    static String serviceTierOf(Usage usage) {
        String tier = usage.getServiceTier();
        return tier == null ? STANDARD : tier;
    }

    /** The higher, the closer these conditions are to the event; {@link #NO_MATCH} where they rule it out. */
    int scoreFor(Usage usage) {
        int score = 0;
        if (serviceTier.equals(serviceTierOf(usage))) {
            score += 8;
        } else if (!serviceTier.equals(ANY)) {
            return NO_MATCH;
        }
        if (variant != null) {
            if (!variant.equals(usage.getVariant())) {
                return NO_MATCH;
            }
            score += 4;
        }
        if (region != null) {
            if (!region.equals(usage.getRegion())) {
                return NO_MATCH;
            }
            score += 2;
        }
        if (timeWindow != null) {
            if (!timeWindow.contains(usage.getEventTime())) {
                return NO_MATCH;
            }
            score += 1;
        }
        return score;
    }
}
