package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Gemini's embedContent. Unlike a chat's, an embedding's price is another one for each modality. */
final class GeminiEmbedding implements UsageFormat {
    private static final Shape SHAPE = Shape.of("modelVersion", "usageMetadata");

    @Override
    public String name() {
        return "gemini.embedContent";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode body = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
        tally.model(Counts.text(body, "modelVersion"));
        JsonNode usage = Counts.at(body, "usageMetadata");
        Decimal prompt = tally.count(usage, "promptTokenCount");
        if (prompt == null) {
            return tally.missing("there is no usageMetadata.promptTokenCount");
        }
        String details = Counts.has(usage, "promptTokenDetails") ? "promptTokenDetails" : "promptTokensDetails";
        GeminiModalities whole = GeminiModalities.of("promptTokenCount", prompt, Counts.at(usage, details), tally);
        return tally.add("input", whole.without("AUDIO", "IMAGE", "VIDEO"))
                .addIfAny("input_audio", whole.of("AUDIO"))
                .addIfAny("input_image", whole.of("IMAGE"))
                .addIfAny("input_video", whole.of("VIDEO"))
                .reading();
    }

    @Override
    public String sample() {
        return """
                {"embedding":{"values":[0.1]},
                 "usageMetadata":{"promptTokenCount":8,"promptTokenDetails":[{"modality":"TEXT","tokenCount":8}]}}""";
    }
}
