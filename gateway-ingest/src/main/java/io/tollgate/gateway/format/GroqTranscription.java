package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Groq's transcriptions: by the second, ten at least. Only {@code verbose_json} says how long the audio was. */
final class GroqTranscription implements UsageFormat {
    private static final Shape SHAPE = Shape.of("model", "duration").with("x_groq", Shape.of("id"));
    /** Groq, "Speech to Text": a request of less is billed as 10 seconds. */
    private static final Decimal LEAST = Decimal.of(10);

    @Override
    public String name() {
        return "groq.transcription";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode body = Last.of(chunks);
        tally.model(Counts.text(body, "model")).requestId(Counts.text(body, "x_groq", "id"));
        Decimal seconds = tally.seconds(body, "duration");
        if (seconds == null) {
            return tally.missing("the body has no duration; response_format=verbose_json has it");
        }
        boolean isShort = seconds.signum() > 0 && seconds.compareTo(LEAST) < 0;
        return tally.add("audio_second", isShort ? LEAST : seconds).reading();
    }

    @Override
    public String sample() {
        return """
                {"text":"…","duration":25.5,"x_groq":{"id":"req_1"}}""";
    }
}
