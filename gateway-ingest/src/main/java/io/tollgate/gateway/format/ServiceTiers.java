package io.tollgate.gateway.format;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The vendors' words for the tiers that prices are by. */
public final class ServiceTiers {
    /** What a vendor says where nothing special was agreed. */
    private static final Set<String> STANDARD = Set.of(
            "",
            "default",
            "standard",
            "auto",
            "on_demand",
            "unspecified",
            "service_tier_unspecified",
            "traffic_type_unspecified");

    private ServiceTiers() {}

    /** The tier in the words of a price item; null is standard. */
    public static @Nullable String of(@Nullable String vendors) {
        if (vendors == null) {
            return null;
        }
        String tier = vendors.toLowerCase(Locale.ROOT);
        if (STANDARD.contains(tier)) {
            return null;
        }
        return switch (tier) {
            case "fast", "on_demand_priority" -> "priority";
            case "on_demand_flex" -> "flex";
            case "provisioned_throughput", "reserved" -> "provisioned";
            default -> tier;
        };
    }
}
