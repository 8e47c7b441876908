package io.tollgate.gateway.catalog;

import io.tollgate.gateway.format.LitellmProviders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** LiteLLM's catalogue: an object of models, each with some of about 85 keys of prices. */
final class LitellmCatalogue {
    /** What stands among the models and is none. */
    private static final Set<String> NOT_MODELS = Set.of("sample_spec", "fallback_generalizations");

    private LitellmCatalogue() {}

    static List<Verdict> read(JsonNode file) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : file.properties()) {
            verdicts.add(verdict(entry.getKey(), entry.getValue()));
        }
        return verdicts;
    }

    private static Verdict verdict(String key, JsonNode entry) {
        if (NOT_MODELS.contains(key) || !entry.isObject()) {
            return new Verdict.Skipped(key, "", "not_a_model", "it describes the catalogue and no model");
        }
        String provider = entry.path("litellm_provider").asString("");
        if (provider.isBlank()) {
            return new Verdict.Skipped(key, "", "no_provider", "litellm_provider does not say whose model it is");
        }
        ModelPlace place = LitellmName.of(key, provider);
        return place == null
                ? new Verdict.Skipped(
                        key,
                        LitellmProviders.of(provider),
                        "commitment",
                        "its price is of hours that were bought, which no call uses")
                : new LitellmEntry(place, entry).read().verdict(key, place);
    }
}
