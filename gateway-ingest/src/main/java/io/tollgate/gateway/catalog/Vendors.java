package io.tollgate.gateway.catalog;

import java.util.Map;

/** What the catalogues call the vendors, in the words of the formats and of events. */
final class Vendors {
    private static final String VERTEX = "vertex_ai";

    private static final Map<String, String> LITELLM = Map.of(
            "text-completion-openai", "openai",
            "azure_text", "azure",
            "bedrock_converse", "bedrock",
            "bedrock_mantle", "bedrock",
            "cohere_chat", "cohere",
            "fireworks_ai-embedding-models", "fireworks_ai",
            "text-completion-codestral", "codestral",
            "text-completion-inception", "inception");

    private static final Map<String, String> GENAI_PRICES = Map.of(
            "aws", "bedrock",
            "fireworks", "fireworks_ai",
            "google", "gemini",
            "moonshotai", "moonshot",
            "together", "together_ai",
            "voyageai", "voyage",
            "x-ai", "xai");

    private Vendors() {}

    static String ofLitellm(String provider) {
        return provider.startsWith(VERTEX + "-") ? VERTEX : LITELLM.getOrDefault(provider, provider);
    }

    /** Google's catalogue has Anthropic's models, too, which only Vertex AI serves. */
    static String ofGenaiPrices(String provider, String model) {
        return provider.equals("google") && isClaude(model) ? VERTEX : GENAI_PRICES.getOrDefault(provider, provider);
    }

    /** Whose writes to the cache have a price by how long they live. */
    static boolean isClaude(String model) {
        return model.contains("claude");
    }

    /** xAI's tiers begin with their limit, everybody else's beyond it. */
    static boolean isTierInclusive(String provider) {
        return provider.equals("xai");
    }
}
