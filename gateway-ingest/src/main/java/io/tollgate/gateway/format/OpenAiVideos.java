package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A video job: {@code seconds} is a text, and its size decides the price. */
final class OpenAiVideos implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "status", "seconds", "size");

    @Override
    public String name() {
        return "openai.videos";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode job = Last.of(chunks);
        Identity.note(job, tally);
        tally.variant(Counts.text(job, "size"));
        if ("failed".equals(Counts.text(job, "status"))) {
            // The length is the one that was asked for.
            return tally.missing("the job failed");
        }
        Decimal seconds = tally.count(job, "seconds");
        return seconds == null
                ? tally.missing("the job has no seconds")
                : tally.add("video_second", seconds).reading();
    }

    @Override
    public String sample() {
        return """
                {"id":"video_1","object":"video","model":"sora-2","status":"completed","seconds":"8","size":"720x1280"}""";
    }
}
