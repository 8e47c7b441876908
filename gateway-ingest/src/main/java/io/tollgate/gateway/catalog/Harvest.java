package io.tollgate.gateway.catalog;

import io.tollgate.avro.PriceItem;
import io.tollgate.gateway.admin.Secrets;
import io.tollgate.gateway.catalog.ModelPrices.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the taken entries come to, by model. Several entries may be of one model (with and without their provider's name,
 * say): where they agree they are one, where they don't the first holds and the others' prices are remarked on.
 *
 * @param doubts prices that contradict an earlier entry
 */
record Harvest(List<ModelPrices> models, List<Doubt> doubts) {

    /** A remark on a price of an entry. */
    record Doubt(String entry, Remark remark) {}

    private record ModelName(String provider, String model) {}

    private record VersionName(LadderName name, @Nullable Long from, @Nullable Long until) {}

    static Harvest of(List<Verdict.Taken> entries) {
        Map<ModelName, Map<VersionName, Version>> models = new LinkedHashMap<>();
        List<Doubt> doubts = new ArrayList<>();
        for (Verdict.Taken entry : entries) {
            versions(entry).forEach((model, versions) -> {
                Map<VersionName, Version> known = models.computeIfAbsent(model, name -> new LinkedHashMap<>());
                versions.forEach((name, tiers) -> {
                    Version version = new Version(entry.entry(), name.name(), name.from(), name.until(), tiers);
                    Version first = known.putIfAbsent(name, version);
                    if (first != null && !saysTheSame(first, version)) {
                        doubts.add(new Doubt(entry.entry(), contradiction(version, first)));
                    }
                });
            });
        }
        List<ModelPrices> harvested = new ArrayList<>();
        models.forEach((model, versions) ->
                harvested.add(new ModelPrices(model.provider(), model.model(), List.copyOf(versions.values()))));
        return new Harvest(harvested, doubts);
    }

    private static Map<ModelName, Map<VersionName, List<PriceItem>>> versions(Verdict.Taken entry) {
        Map<ModelName, Map<VersionName, List<PriceItem>>> models = new LinkedHashMap<>();
        for (CataloguePrice price : entry.prices()) {
            VersionName version = new VersionName(LadderName.of(price.item()), price.from(), price.until());
            price.item().setId(Secrets.newId("imported"));
            models.computeIfAbsent(new ModelName(price.provider(), price.model()), name -> new LinkedHashMap<>())
                    .computeIfAbsent(version, name -> new ArrayList<>())
                    .add(price.item());
        }
        return models;
    }

    private static boolean saysTheSame(Version one, Version other) {
        return Tiers.of(one.tiers()).equals(Tiers.of(other.tiers()));
    }

    private static Remark contradiction(Version version, Version first) {
        return Remark.quarantined(
                version.name().dimension(),
                "contradiction",
                "it is " + Tiers.of(version.tiers()) + ", and " + Tiers.of(first.tiers()) + " by " + first.entry());
    }

    /** In an order in which cutting the list is repeatable. */
    List<ModelPrices> ordered() {
        return models.stream()
                .sorted(Comparator.comparing(ModelPrices::provider).thenComparing(ModelPrices::model))
                .toList();
    }
}
