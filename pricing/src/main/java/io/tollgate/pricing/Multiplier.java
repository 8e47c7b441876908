package io.tollgate.pricing;

import io.tollgate.avro.Usage;
import io.tollgate.pricing.Ladder.Tier;
import io.tollgate.schemas.decimal.Decimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A factor on prices: a region's uplift, a company's markup. Several that apply combine by product. */
record Multiplier(String dimension, Map<String, String> when, Ladder factors) {
    /** Multiplies every dimension. */
    static final String ALL = "*";

    /** Multiplies every dimension that counts tokens. */
    static final String ALL_TOKENS = "*token";

    /** What {@code when} may ask of a usage. */
    static final Set<String> CONDITIONS = Set.of("region", "service_tier", "variant", "speed", "operation");

    /** The factor for this dimension of the usage; null where it does not apply. */
    @Nullable
    Decimal factorFor(String counted, String unit, Usage usage, TierBasis basis) {
        boolean covered = dimension.equals(ALL)
                || (dimension.equals(ALL_TOKENS) && unit.equals(Units.TOKEN))
                || dimension.equals(counted);
        if (!covered || !whenHolds(usage)) {
            return null;
        }
        Tier tier = factors.at(usage.getEventTime(), basis);
        return tier == null ? null : tier.amount();
    }

    private boolean whenHolds(Usage usage) {
        for (Map.Entry<String, String> asked : when.entrySet()) {
            if (!asked.getValue().equals(attribute(asked.getKey(), usage))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String attribute(String name, Usage usage) {
        return switch (name) {
            case "region" -> usage.getRegion();
            case "service_tier" -> Conditions.serviceTierOf(usage);
            case "variant" -> usage.getVariant();
            case "speed" -> usage.getSpeed();
            case "operation" -> usage.getOperation();
            default -> null;
        };
    }
}
