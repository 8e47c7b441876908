package io.tollgate.gateway.catalog;

import java.util.Map;

/** What the catalogues call the vendors, in the words of the formats and of events. */
final class Vendors {
    private static final String VERTEX = "vertex_ai";

    private static final Map<String, String> GENAI_PRICES = Map.of(
            "aws", "bedrock",
            "fireworks", "fireworks_ai",
            "google", "gemini",
            "moonshotai", "moonshot",
            "together", "together_ai",
            "voyageai", "voyage",
            "x-ai", "xai");

    private Vendors() {}

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
