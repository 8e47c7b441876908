package io.tollgate.gateway.catalog;

import io.tollgate.avro.PriceItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a catalogue says of one model. */
record ModelPrices(String provider, String model, List<Version> versions) {

    /**
     * One ladder from one time on.
     *
     * @param entry of the catalogue that it is from
     * @param from epoch µs where the catalogue dates it; null: from when the import says
     * @param until epoch µs of the catalogue's next version of it; null: none is known
     * @param tiers not empty; their ids are their own, their times are set when they are written
     */
    record Version(String entry, LadderName name, @Nullable Long from, @Nullable Long until, List<PriceItem> tiers) {

        /** The ladder as it is written. */
        List<PriceItem> at(long start, long now) {
            return tiers.stream()
                    .map(tier -> new PriceItem(
                            tier.getId(),
                            tier.getDimension(),
                            tier.getUnit(),
                            tier.getUnitPrice(),
                            tier.getMultiplier(),
                            tier.getWhen(),
                            tier.getCurrency(),
                            tier.getTierFrom(),
                            tier.getTierInclusive(),
                            tier.getTierBasis(),
                            tier.getServiceTier(),
                            tier.getRegion(),
                            tier.getVariant(),
                            tier.getTimeWindowUtc(),
                            start,
                            null,
                            now,
                            null))
                    .toList();
        }
    }
}
