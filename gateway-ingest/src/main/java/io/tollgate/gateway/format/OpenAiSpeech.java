package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speech: the answer itself is audio and has no usage, so what is posted is the event that ends an SSE answer
 * ({@code speech.audio.done}, tokens), the number of characters that were sent, or the request itself, whose text is
 * counted and not kept.
 */
final class OpenAiSpeech implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "usage", "characters", "input");

    @Override
    public String name() {
        return "openai.speech";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    /** Without the text that was spoken, but with its length. */
    @Override
    public JsonNode usagePart(JsonNode chunk) {
        if (!(chunk instanceof ObjectNode body) || !body.has("input")) {
            return chunk;
        }
        ObjectNode part = body.deepCopy();
        Decimal length = length(part.remove("input"));
        return length == null || part.has("characters") ? part : part.put("characters", length.unscaledLong());
    }

    /** In characters as people count them; null of what is no text. */
    private static @Nullable Decimal length(JsonNode input) {
        return input.isString() ? Decimal.of(input.stringValue().codePoints().count()) : null;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode body = Last.of(chunks);
        Identity.note(body, tally);
        JsonNode usage = Counts.at(body, "usage");
        if (ModalTokens.isIn(usage)) {
            return ModalTokens.read(usage, "output_audio", tally);
        }
        Decimal top = tally.count(body, "characters");
        Decimal stated = top == null ? tally.count(usage, "characters") : top;
        Decimal characters = stated == null ? length(Counts.at(body, "input")) : stated;
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
