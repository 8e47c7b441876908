package io.tollgate.gateway.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's responses. The counts are in {@code response.usage} of the event that ends a stream, whichever way it ends: a
 * response that is cut short is billed.
 */
final class OpenAiResponses implements UsageFormat {
    private static final Set<String> ENDS = Set.of(
            "response.completed", "response.incomplete", "response.failed", "response.cancelled", "response.done");
    private static final Shape RESPONSE = Shape.of("id", "model", "service_tier", "usage")
            .with("output", ToolCalls.ITEM)
            .with("tools", ToolCalls.TOOL)
            .with("tool_usage", Shape.of("image_gen"));
    private static final Shape EVENT =
            Shape.of("type").with("response", RESPONSE).with("item", ToolCalls.ITEM);

    private final boolean stream;

    OpenAiResponses(boolean stream) {
        this.stream = stream;
    }

    @Override
    public String name() {
        return stream ? "openai.responses.stream" : "openai.responses";
    }

    @Override
    public Shape shape() {
        return stream ? EVENT : RESPONSE;
    }

    @Override
    public boolean isStream() {
        return stream;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode last = null;
        boolean isWhole = !stream;
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            JsonNode response = stream ? Counts.at(chunk, "response") : chunk;
            Identity.note(response, tally);
            if (Counts.at(response, "usage").isObject()) {
                last = response;
            }
            String type = Counts.text(chunk, "type");
            isWhole |= stream && type != null && ENDS.contains(type);
            if ("response.output_item.done".equals(type)) {
                items.add(Counts.at(chunk, "item"));
            }
        }
        if (last == null) {
            return tally.missing(isWhole ? "the response has no usage" : "the stream broke off before any usage");
        }
        if (!isWhole) {
            tally.partial("the stream has no event that ends it");
        }
        JsonNode output = Counts.at(last, "output");
        // Some servers leave the final event's output empty: the items that were done on the way are the same ones.
        ToolCalls.add(output.isEmpty() ? items : output, Counts.at(last, "tools"), tally);
        // Billed at the image model's prices and no part of the usage.
        tally.addIfAny("tool_image_input", tally.count(last, "tool_usage", "image_gen", "input_tokens"))
                .addIfAny("tool_image_output", tally.count(last, "tool_usage", "image_gen", "output_tokens"));
        return OpenAiTokens.RESPONSES.read(last.get("usage"), said, tally);
    }

    @Override
    public String sample() {
        String response =
                """
                {"id":"resp_1","model":"gpt-5-2025-08-07","service_tier":"default",
                 "output":[{"type":"web_search_call","id":"ws_1","action":{"type":"search"}}],
                 "usage":{"input_tokens":45,"input_tokens_details":{"cached_tokens":0},
                  "output_tokens":1719,"output_tokens_details":{"reasoning_tokens":1408},"total_tokens":1764}}""";
        return stream
                ? """
                [{"type":"response.created","response":{"id":"resp_1","usage":null}},
                 {"type":"response.completed","response":%s}]"""
                        .formatted(response)
                : response;
    }
}
