package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a response's output says of OpenAI's own tools, which are billed by the call beside the tokens. */
final class ToolCalls {
    /** What is kept of an output item. */
    static final Shape ITEM = Shape.of("type", "container_id").with("action", Shape.of("type"));
    /** What is kept of a tool as it was offered. */
    static final Shape TOOL = Shape.of("type", "search_context_size");

    private ToolCalls() {}

    static void add(Iterable<JsonNode> output, JsonNode tools, Tally tally) {
        long searches = 0;
        long fileSearches = 0;
        Set<String> containers = new HashSet<>();
        for (JsonNode item : output) {
            String type = Counts.text(item, "type");
            if ("web_search_call".equals(type)) {
                searches += isSearch(item) ? 1 : 0;
            } else if ("file_search_call".equals(type)) {
                fileSearches++;
            } else if ("code_interpreter_call".equals(type)) {
                // A container is billed once, however many calls ran in it.
                String container = Counts.text(item, "container_id");
                containers.add(container == null ? "" : container);
            }
        }
        tally.addIfAny("web_search_call", Decimal.of(searches))
                .addIfAny("file_search_call", Decimal.of(fileSearches))
                .addIfAny("code_interpreter_session", Decimal.of(containers.size()));
        if (searches > 0) {
            for (JsonNode tool : tools) {
                String size = Counts.text(tool, "search_context_size");
                if (size != null) {
                    tally.variant(size);
                }
            }
        }
    }

    /** Opening a page that was found, or looking for a word in it, is a call that costs nothing. */
    private static boolean isSearch(JsonNode call) {
        String action = Counts.text(call, "action", "type");
        return action == null || action.equals("search");
    }
}
