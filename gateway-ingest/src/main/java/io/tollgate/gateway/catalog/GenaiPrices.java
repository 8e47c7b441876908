package io.tollgate.gateway.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The data of genai-prices: providers with their models, prices per million tokens, some dated or by the time of day. A
 * model is told by rules on names; it goes into the book under each name that its rules spell out and that no other
 * model of the provider claims first.
 */
final class GenaiPrices {
    private GenaiPrices() {}

    static List<Verdict> read(JsonNode file) {
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonNode provider : file) {
            String id = provider.path("id").asString("");
            GenaiNames names = new GenaiNames(id, provider.path("models"));
            for (JsonNode model : provider.path("models")) {
                verdicts.add(verdict(id, model, names));
            }
        }
        return verdicts;
    }

    private static Verdict verdict(String provider, JsonNode model, GenaiNames names) {
        String id = model.path("id").asString("");
        String entry = provider + "/" + id;
        if (provider.isBlank() || id.isBlank()) {
            return new Verdict.Skipped(entry, "", "no_provider", "it has no id");
        }
        String whose = Vendors.ofGenaiPrices(provider, id);
        Set<String> own = names.of(model);
        if (own.isEmpty()) {
            return new Verdict.Skipped(entry, whose, "shadowed", "every name of it is another model's first");
        }
        List<CataloguePrice> prices = new ArrayList<>();
        Verdict verdict = null;
        for (String name : own) {
            ModelPlace place = new ModelPlace(Vendors.ofGenaiPrices(provider, name), name, null, null);
            verdict = new GenaiEntry(place, model.path("prices")).verdict(entry);
            if (!(verdict instanceof Verdict.Taken taken)) {
                return verdict;
            }
            prices.addAll(taken.prices());
        }
        return verdict instanceof Verdict.Taken taken
                ? new Verdict.Taken(entry, whose, prices, taken.remarks())
                : new Verdict.Skipped(entry, whose, "no_price", "it has no price");
    }
}
