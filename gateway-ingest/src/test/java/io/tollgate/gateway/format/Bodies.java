package io.tollgate.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a body's text as the gateway does. */
final class Bodies {
    private Bodies() {}

    static Reading read(String format, String body) {
        return read(format, "somebody", body);
    }

    static Reading read(String format, String provider, String body) {
        return read(Objects.requireNonNull(Formats.named(format), format), provider, body);
    }

    static Reading read(UsageFormat format, String provider, String body) {
        try (JsonParser json = JsonMapper.shared().createParser(body)) {
            json.nextToken();
            return format.read(BodyReader.read(json, format), new Said(provider, null));
        }
    }

    /** What the gateway keeps of a body. */
    static String kept(UsageFormat format, String body) {
        try (JsonParser json = JsonMapper.shared().createParser(body)) {
            json.nextToken();
            return BodyReader.read(json, format).toString();
        }
    }

    /** Quantities as text, so that a test reads like the body. */
    static Map<String, String> quantities(Reading reading) {
        Map<String, String> texts = new TreeMap<>();
        reading.quantities().forEach((dimension, count) -> texts.put(dimension, count.toString()));
        return texts;
    }

    static void assertReads(String format, String body, Map<String, String> expected) {
        Reading reading = read(format, body);
        assertThat(reading.quality())
                .describedAs(String.valueOf(reading.remark()))
                .isEqualTo(Quality.COMPLETE);
        assertThat(quantities(reading)).isEqualTo(new TreeMap<>(expected));
    }

    /** The format of a real body, which comes without its name. */
    static String formatOfShape(JsonNode body) {
        JsonNode gemini = body.path("usageMetadata");
        if (gemini.isObject()) {
            return gemini.has("promptTokenDetails") ? "gemini.embedContent" : "gemini.generateContent";
        }
        if (body.has("meta")) {
            return "cohere.v2.embed";
        }
        JsonNode usage = body.get("usage");
        if (usage.has("inputTokens")) {
            return "bedrock.converse";
        }
        if (usage.has("billed_units")) {
            return "cohere.v2.chat";
        }
        if (usage.has("cache_creation_input_tokens")) {
            return "anthropic.messages";
        }
        if (usage.has("input_tokens")) {
            return "openai.responses";
        }
        return usage.has("num_cached_tokens") ? "mistral.chat" : "openai.chat";
    }
}
