package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gemini's generateContent, on Vertex too. {@code promptTokenCount} includes what was cached, but not what tools put into
 * the prompt; {@code candidatesTokenCount} has no thoughts. Counts in a stream are cumulative: the last are the whole.
 */
record GeminiContent(String name, boolean isStream) implements UsageFormat {
    private static final Shape SHAPE = Shape.of("responseId", "modelVersion", "usageMetadata")
            .with("candidates", Shape.of("finishReason").with("groundingMetadata", GeminiGrounding.SHAPE));

    /** One of them is there wherever something was counted; a 0 is left out. */
    private static final List<String> COUNTS = List.of("promptTokenCount", "candidatesTokenCount", "totalTokenCount");

    @Override
    public Shape shape() {
        return SHAPE;
    }

    /** Without the candidates, whose searches are words of the prompt. */
    @Override
    public JsonNode usagePart(JsonNode chunk) {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        for (String member : List.of("modelVersion", "responseId", "usageMetadata")) {
            if (Counts.has(chunk, member)) {
                part.set(member, chunk.get(member));
            }
        }
        return part;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode usage = null;
        String model = null;
        for (JsonNode chunk : chunks) {
            model = Counts.has(chunk, "modelVersion") ? Counts.text(chunk, "modelVersion") : model;
            if (Counts.has(chunk, "responseId")) {
                tally.requestId(Counts.text(chunk, "responseId"));
            }
            JsonNode found = Counts.at(chunk, "usageMetadata");
            String tier = firstText(found, "serviceTier", "trafficType");
            if (tier != null) {
                tally.serviceTier(tier);
            }
            // Vertex sends a usage with nothing but its trafficType while it streams.
            if (COUNTS.stream().anyMatch(count -> Counts.has(found, count))) {
                usage = found;
            }
        }
        tally.model(model);
        if (usage == null) {
            return tally.missing("no usageMetadata has counts");
        }
        if ((isStream || chunks.size() > 1) && isBrokenOff(chunks)) {
            tally.partial("no chunk of the stream has a finishReason: it may have gone on");
        }
        count(usage, tally);
        GeminiGrounding.add(tally, chunks, model == null ? said.model() : model);
        return tally.reading();
    }

    private static @Nullable String firstText(JsonNode usage, String... members) {
        return Stream.of(members)
                .map(member -> Counts.text(usage, member))
                .filter(text -> text != null)
                .findFirst()
                .orElse(null);
    }

    private static boolean isBrokenOff(List<JsonNode> chunks) {
        boolean hasCandidates = false;
        for (JsonNode chunk : chunks) {
            for (JsonNode candidate : Counts.at(chunk, "candidates")) {
                if (Counts.has(candidate, "finishReason")) {
                    return false;
                }
                hasCandidates = true;
            }
        }
        return hasCandidates;
    }

    private static void count(JsonNode usage, Tally tally) {
        Decimal prompt = tally.countOrZero(usage, "promptTokenCount");
        Decimal tools = tally.countOrZero(usage, "toolUsePromptTokenCount");
        Decimal candidates = tally.countOrZero(usage, "candidatesTokenCount");
        Decimal thoughts = tally.countOrZero(usage, "thoughtsTokenCount");
        input(usage, prompt, tools, tally);
        output(usage, candidates, tally);
        tally.addIfAny("reasoning", thoughts);
        Decimal total = tally.count(usage, "totalTokenCount");
        Decimal counted = prompt.plus(tools).plus(candidates).plus(thoughts);
        if (total != null && !total.equals(counted)) {
            tally.inconsistent("totalTokenCount is " + total + ", what it should be the sum of is " + counted);
        }
    }

    /** Text, pictures, videos and documents have one price; sound has its own. */
    private static void input(JsonNode usage, Decimal prompt, Decimal tools, Tally tally) {
        Decimal cached = tally.countOrZero(usage, "cachedContentTokenCount");
        tally.rest("promptTokenCount", prompt, cached);
        GeminiModalities whole =
                GeminiModalities.of("promptTokenCount", prompt, Counts.at(usage, "promptTokensDetails"), tally);
        boolean isAllAudio = whole.without("AUDIO").isZero() && !Counts.has(usage, "cacheTokensDetails");
        GeminiModalities read = isAllAudio
                ? GeminiModalities.all("AUDIO", cached)
                : GeminiModalities.of("cachedContentTokenCount", cached, Counts.at(usage, "cacheTokensDetails"), tally);
        if (isMore(read.of("AUDIO"), whole.of("AUDIO")) || isMore(read.without("AUDIO"), whole.without("AUDIO"))) {
            tally.settled("more of one modality was cached than the prompt had: all of it counts as text");
            read = GeminiModalities.all("TEXT", cached);
            whole = GeminiModalities.all("TEXT", prompt);
        }
        GeminiModalities fromTools = GeminiModalities.of(
                "toolUsePromptTokenCount", tools, Counts.at(usage, "toolUsePromptTokensDetails"), tally);
        Decimal fresh = tally.rest("the prompt's text", whole.without("AUDIO"), read.without("AUDIO"));
        Decimal freshAudio = tally.rest("the prompt's audio", whole.of("AUDIO"), read.of("AUDIO"));
        tally.add("input", fresh.plus(fromTools.without("AUDIO")))
                .addIfAny("input_audio", freshAudio.plus(fromTools.of("AUDIO")))
                .addIfAny("cache_read", read.without("AUDIO"))
                .addIfAny("cache_read_audio", read.of("AUDIO"));
    }

    private static void output(JsonNode usage, Decimal candidates, Tally tally) {
        GeminiModalities whole = GeminiModalities.of(
                "candidatesTokenCount", candidates, Counts.at(usage, "candidatesTokensDetails"), tally);
        tally.add("output", whole.without("AUDIO", "IMAGE", "VIDEO"))
                .addIfAny("output_audio", whole.of("AUDIO"))
                .addIfAny("output_image", whole.of("IMAGE"))
                .addIfAny("output_video", whole.of("VIDEO"));
    }

    private static boolean isMore(Decimal part, Decimal whole) {
        return part.compareTo(whole) > 0;
    }

    @Override
    public String sample() {
        String vertex = name.startsWith("vertex.") ? ",\"trafficType\":\"ON_DEMAND\"" : "";
        String whole =
                """
                {"responseId":"r-1","modelVersion":"gemini-2.5-flash","candidates":[{"finishReason":"STOP"}],
                 "usageMetadata":{"promptTokenCount":3520,"cachedContentTokenCount":3512,"candidatesTokenCount":2,
                  "thoughtsTokenCount":42,"totalTokenCount":3564,
                  "promptTokensDetails":[{"modality":"TEXT","tokenCount":3520}],
                  "cacheTokensDetails":[{"modality":"TEXT","tokenCount":3512}]%s}}"""
                        .formatted(vertex);
        return isStream
                ? """
                [{"responseId":"r-1","modelVersion":"gemini-2.5-flash","candidates":[{}],
                  "usageMetadata":{"promptTokenCount":3520,"candidatesTokenCount":1,"totalTokenCount":3521}},
                """
                        + " " + whole + "]"
                : whole;
    }
}
