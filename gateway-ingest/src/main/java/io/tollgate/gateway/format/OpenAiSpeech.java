package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Speech: the answer itself is audio and has no usage, so what is posted is the event that ends an SSE answer
 * ({@code speech.audio.done}, tokens) or the number of characters that were sent.
 */
final class OpenAiSpeech implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "usage", "characters");

    @Override
    public String name() {
        return "openai.speech";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode body = Last.of(chunks);
        Identity.note(body, tally);
        JsonNode usage = Counts.at(body, "usage");
        if (ModalTokens.isIn(usage)) {
            ModalTokens.add(usage, "output_audio", tally);
            return tally.vendorCost(VendorCost.of(usage)).reading();
        }
        Decimal top = tally.count(body, "characters");
        Decimal characters = top == null ? tally.count(usage, "characters") : top;
        return characters == null
                ? tally.missing("the body has neither a usage nor characters")
                : tally.add("input_character", characters).reading();
    }

    @Override
    public String sample() {
        return """
                {"model":"tts-1","characters":1250}""";
    }
}
