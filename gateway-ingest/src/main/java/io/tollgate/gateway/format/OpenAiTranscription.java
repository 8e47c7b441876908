package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Transcriptions: by the second ({@code whisper-1}) or by the token, as the usage's type says. */
final class OpenAiTranscription implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "usage", "duration");

    @Override
    public String name() {
        return "openai.transcription";
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
            return ModalTokens.read(usage, "output", tally);
        }
        Decimal billed = tally.seconds(usage, "seconds");
        // The audio's own length; what is billed is rounded, where the usage says it.
        Decimal seconds = billed == null ? tally.seconds(body, "duration") : billed;
        if (seconds == null) {
            return tally.missing("the body has neither a usage nor a duration");
        }
        return tally.add("audio_second", seconds)
                .vendorCost(VendorCost.of(usage))
                .reading();
    }

    @Override
    public String sample() {
        return """
                {"text":"…","usage":{"type":"tokens","input_tokens":14,"output_tokens":45,"total_tokens":59,
                  "input_token_details":{"text_tokens":0,"audio_tokens":14}}}""";
    }
}
