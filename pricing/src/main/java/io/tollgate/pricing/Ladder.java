package io.tollgate.pricing;

import io.tollgate.avro.PriceItem;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one dimension under one set of conditions (service tier, region, variant, time of day) through time.
 * Items that begin together are one version, a ladder of context tiers; a version holds until its end or until the next
 * begins, whichever is first. A version that has ended does not bring the one before it back: no price is better than a
 * wrong one.
 */
final class Ladder {
    private final Conditions conditions;
    private final long[] starts;
    private final Version[] versions;

    private Ladder(Conditions conditions, long[] starts, Version[] versions) {
        this.conditions = conditions;
        this.starts = starts;
        this.versions = versions;
    }

    static Ladder of(Conditions conditions, List<PriceItem> items) {
        Map<Long, List<PriceItem>> byStart = new TreeMap<>();
        items.forEach(item -> byStart.computeIfAbsent(item.getEffectiveFrom(), start -> new ArrayList<>())
                .add(item));
        long[] starts = byStart.keySet().stream().mapToLong(Long::longValue).toArray();
        Version[] versions = byStart.values().stream().map(Version::of).toArray(Version[]::new);
        return new Ladder(conditions, starts, versions);
    }

    Conditions conditions() {
        return conditions;
    }

    /** The tier in force at {@code time} (epoch µs) for an event whose tier basis {@code basis} tells, or null. */
    @Nullable
    Tier at(long time, TierBasis basis) {
        int index = floor(time);
        if (index < 0 || time >= versions[index].end) {
            return null;
        }
        return versions[index].tierOf(basis);
    }

    private int floor(long time) {
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** One price: money per unit, or a factor, from a context size on; of an alias the amount says nothing. */
    record Tier(PriceItem item, Decimal amount, Decimal from, boolean inclusive, String basis) {
        static Tier of(PriceItem item) {
            Decimal amount =
                    switch (LadderKey.Kind.of(item)) {
                        case PRICE -> Decimals.fromAvro(item.getUnitPrice());
                        case MULTIPLIER -> Decimals.fromAvro(item.getMultiplier());
                        case ALIAS -> Decimal.ZERO;
                    };
            return new Tier(
                    item, amount, Decimals.fromAvro(item.getTierFrom()), item.getTierInclusive(), item.getTierBasis());
        }

        /** The first tier has no condition: a context of nothing is in it. */
        boolean covers(TierBasis context) {
            if (from.isZero()) {
                return true;
            }
            int compared = context.of(basis).compareTo(from);
            return inclusive ? compared >= 0 : compared > 0;
        }
    }

    private record Version(long end, List<Tier> highestFirst) {
        static Version of(List<PriceItem> items) {
            Long end = items.get(0).getEffectiveTo();
            return new Version(
                    end == null ? Long.MAX_VALUE : end,
                    items.stream()
                            .map(Tier::of)
                            .sorted(Comparator.comparing(Tier::from).reversed())
                            .toList());
        }

        @Nullable
        Tier tierOf(TierBasis basis) {
            for (Tier tier : highestFirst) {
                if (tier.covers(basis)) {
                    return tier;
                }
            }
            return null;
        }
    }
}
