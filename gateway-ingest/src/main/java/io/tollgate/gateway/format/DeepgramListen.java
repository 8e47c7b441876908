package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Deepgram's transcriptions: fractional seconds, each channel that was transcribed by itself billed for the whole length.
 * A live one ends with a message of type {@code Metadata}.
 */
final class DeepgramListen implements UsageFormat {
    private static final Shape SHAPE = Shape.of("type", "request_id", "duration", "channels")
            .with("metadata", Shape.of("request_id", "duration", "channels"));

    @Override
    public String name() {
        return "deepgram.listen";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode last = Last.of(chunks);
        JsonNode metadata = "Metadata".equals(Counts.text(last, "type")) ? last : Counts.at(last, "metadata");
        tally.requestId(Counts.text(metadata, "request_id"));
        Decimal seconds = tally.seconds(metadata, "duration");
        if (seconds == null) {
            return tally.missing("the body has no metadata.duration");
        }
        Decimal channels = tally.countOrZero(metadata, "channels");
        return tally.add("audio_second", channels.isZero() ? seconds : seconds.times(channels))
                .reading();
    }

    @Override
    public String sample() {
        return """
                {"metadata":{"request_id":"r1","duration":25.933313,"channels":1},"results":{}}""";
    }
}
