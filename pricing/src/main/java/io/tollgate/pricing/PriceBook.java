package io.tollgate.pricing;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Usage;
import io.tollgate.pricing.ModelSearch.Found;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All price timelines, by company, provider and model. One thread changes it at a time, any number may rate meanwhile: each
 * task of the topology keeps its own, fed from {@code config.prices} in order with the events; a gateway has one for all.
 */
public final class PriceBook {
    /** Stands for every provider or every model: in a company's markup, and in a price for what has none. */
    public static final String ANY = ModelNames.WILDCARD;

    private final Shelf global = new Shelf();
    private final Map<String, Shelf> companies = new ConcurrentHashMap<>();

    /** Takes a timeline in, in place of the one for the same company, provider and model. */
    public void put(PriceTimeline timeline) {
        shelf(timeline.getCompany()).put(timeline.getProvider(), timeline.getModel(), Timeline.of(timeline));
    }

    /** Forgets a timeline; without one nothing happens. */
    public void remove(@Nullable String company, String provider, String model) {
        shelf(company).remove(provider, model);
    }

    /** Prices a usage of {@code company} as of its event time. */
    public Rating rate(String company, Usage usage) {
        TierBasis basis = new TierBasis(usage);
        Shelf own = companies.getOrDefault(company, Shelf.EMPTY);
        Found found = new ModelSearch(global, own, usage, basis).find();
        String region = found.region();
        Usage priced = region == null || usage.getRegion() != null ? usage : inRegion(usage, region);
        return new Rater(found.prices(), priced, basis, found.match()).rate();
    }

    /** A copy that shares everything but the region, which its model's name told. */
    private static Usage inRegion(Usage usage, String region) {
        Usage copy = new Usage();
        for (int field = 0; field < Usage.getClassSchema().getFields().size(); field++) {
            copy.put(field, usage.get(field));
        }
        copy.setRegion(region);
        return copy;
    }

    private Shelf shelf(@Nullable String company) {
        return company == null ? global : companies.computeIfAbsent(company, id -> new Shelf());
    }
}
