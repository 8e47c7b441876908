package io.tollgate.gateway.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LiteLLM's names of whom it calls that are other doors to the same price list; every other name is ours, too. */
public final class LitellmProviders {
    private static final Map<String, String> OURS = Map.ofEntries(
            Map.entry("text-completion-openai", "openai"),
            Map.entry("azure_text", "azure"),
            Map.entry("anthropic_text", "anthropic"),
            Map.entry("bedrock_converse", "bedrock"),
            Map.entry("bedrock_mantle", "bedrock"),
            Map.entry("cohere_chat", "cohere"),
            Map.entry("ollama_chat", "ollama"),
            Map.entry("sagemaker_chat", "sagemaker"),
            Map.entry("fireworks_ai-embedding-models", "fireworks_ai"),
            Map.entry("text-completion-codestral", "codestral"),
            Map.entry("text-completion-inception", "inception"));

    private static final String VERTEX = "vertex_ai";

    private LitellmProviders() {}

    /** In the words of the formats and of events. */
    public static String of(String litellms) {
        return litellms.startsWith(VERTEX) ? VERTEX : OURS.getOrDefault(litellms, litellms);
    }

    /** The model as the vendor calls it: without the provider, and the route to it, that LiteLLM writes before its name. */
    static @Nullable String model(@Nullable String litellms, @Nullable String provider) {
        if (litellms == null || provider == null) {
            return litellms;
        }
        String model = without(provider, litellms);
        model = without(of(provider), model);
        for (String route : new String[] {"converse", "converse_like", "invoke", "responses"}) {
            model = without(route, model);
        }
        return model;
    }

    private static String without(String prefix, String model) {
        return model.length() > prefix.length() + 1 && model.startsWith(prefix) && model.charAt(prefix.length()) == '/'
                ? model.substring(prefix.length() + 1)
                : model;
    }
}
