package io.tollgate.pricing;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Usage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All price timelines, by company, provider and model. Not thread-safe: each task of the topology keeps its own, fed from
 * {@code config.prices} in order with the events.
 */
public final class PriceBook {
    /** Stands for every provider or every model in the key of a company's markup. */
    public static final String ANY = "*";

    private final Shelf global = new Shelf();
    private final Map<String, Shelf> companies = new HashMap<>();

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
        String provider = usage.getProvider();
        String model = usage.getModel();
        Shelf own = companies.get(company);
        ApplicablePrices prices = pricesFor(own, provider, model);
        if (prices.list() == null && prices.own() == null) {
            String undated = PriceMatch.undated(model);
            if (undated != null) {
                return new Rater(pricesFor(own, provider, undated), usage, true).rate();
            }
        }
        return new Rater(prices, usage, false).rate();
    }

    private ApplicablePrices pricesFor(@Nullable Shelf own, String provider, String model) {
        Timeline list = global.get(provider, model);
        if (own == null) {
            return new ApplicablePrices(list, null, null, null);
        }
        return new ApplicablePrices(list, own.get(provider, model), own.get(provider, ANY), own.get(ANY, ANY));
    }

    private Shelf shelf(@Nullable String company) {
        return company == null ? global : companies.computeIfAbsent(company, id -> new Shelf());
    }

    /** Timelines of one owner by provider and model; two small lookups instead of a key object for each event. */
    private static final class Shelf {
        private final Map<String, Map<String, Timeline>> byProvider = new HashMap<>();

        void put(String provider, String model, Timeline timeline) {
            byProvider.computeIfAbsent(provider, name -> new HashMap<>()).put(model, timeline);
        }

        void remove(String provider, String model) {
            Map<String, Timeline> models = byProvider.get(provider);
            if (models != null) {
                models.remove(model);
            }
        }

        @Nullable
        Timeline get(String provider, String model) {
            Map<String, Timeline> models = byProvider.get(provider);
            return models == null ? null : models.get(model);
        }
    }
}
