package io.tollgate.gateway.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A realtime session, or one of its responses: the usages of all {@code response.done} events, each of which is a response
 * of its own. An event that was sent twice, id and usage, counts once.
 */
final class OpenAiRealtime implements UsageFormat {
    private static final Shape SHAPE = Shape.of("type")
            .with("response", Shape.of("id", "model", "service_tier", "usage"))
            .with("session", Shape.of("id", "model"));

    @Override
    public String name() {
        return "openai.realtime";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        Map<String, JsonNode> done = new LinkedHashMap<>();
        for (JsonNode event : chunks) {
            Identity.note(Counts.at(event, "session"), tally);
            JsonNode response = Counts.at(event, "response");
            Identity.note(response, tally);
            if ("response.done".equals(Counts.text(event, "type"))) {
                String id = Counts.text(response, "id");
                JsonNode usage = Counts.at(response, "usage");
                done.put(id == null ? "#" + done.size() : id + usage, usage);
            }
        }
        long metered = done.values().stream().filter(ModalTokens::isIn).count();
        if (metered == 0) {
            return tally.missing("no response.done has a usage");
        }
        if (metered < done.size()) {
            tally.partial((done.size() - metered) + " of " + done.size() + " responses have no usage");
        }
        done.values().stream().filter(ModalTokens::isIn).forEach(usage -> ModalTokens.add(usage, "output", tally));
        return tally.reading();
    }

    @Override
    public String sample() {
        return """
                {"type":"response.done","response":{"id":"resp_1","usage":{
                  "total_tokens":253,"input_tokens":132,"output_tokens":121,
                  "input_token_details":{"text_tokens":119,"audio_tokens":13,"image_tokens":0,
                   "cached_tokens":64,"cached_tokens_details":{"text_tokens":64,"audio_tokens":0}},
                  "output_token_details":{"text_tokens":30,"audio_tokens":91}}}}""";
    }
}
