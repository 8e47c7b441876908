package io.tollgate.gateway.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's chat completions and what speaks their dialect: Azure, DeepSeek, Groq, Mistral, OpenRouter, xAI, vLLM, Gemini's
 * compatible endpoint. A stream's usage comes with a chunk without choices, with the chunk that finishes, or grows with
 * every chunk.
 */
record OpenAiChat(String name, boolean isStream) implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "service_tier", "usage")
            .with("choices", Shape.of("finish_reason"))
            .with("x_groq", Shape.of("usage"));

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode usage = null;
        boolean isWhole = false;
        for (JsonNode chunk : chunks) {
            Identity.note(chunk, tally);
            JsonNode found = usage(chunk);
            // The last usage is the whole one, also where every chunk has one.
            usage = found == null ? usage : found;
            isWhole |= ends(chunk, found);
        }
        if (usage == null) {
            return tally.missing("no chunk or body has a usage");
        }
        if ((isStream || chunks.size() > 1) && !isWhole) {
            tally.partial("the stream ended before a chunk that finishes");
        }
        return OpenAiTokens.CHAT.read(usage, said, tally);
    }

    private static @Nullable JsonNode usage(JsonNode chunk) {
        JsonNode usage = Counts.at(chunk, "usage");
        JsonNode found = usage.isObject() ? usage : Counts.at(chunk, "x_groq", "usage");
        return found.isObject() ? found : null;
    }

    private static boolean ends(JsonNode chunk, @Nullable JsonNode usage) {
        JsonNode choices = Counts.at(chunk, "choices");
        if (usage != null && choices.isEmpty()) {
            return true;
        }
        for (JsonNode choice : choices) {
            if (Counts.has(choice, "finish_reason")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String sample() {
        return isStream
                ? """
                [{"id":"chatcmpl-1","model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{}}],"usage":null},
                 {"id":"chatcmpl-1","model":"gpt-4o-2024-08-06","choices":[],
                  "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306}}]"""
                : """
                {"id":"chatcmpl-1","model":"gpt-4o-2024-08-06","service_tier":"default",
                 "usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
                  "prompt_tokens_details":{"cached_tokens":1920}}}""";
    }
}
