package io.tollgate.gateway.format;

import tools.jackson.databind.JsonNode;

/** Which call a body or chunk is of, where it says so in OpenAI's words. */
final class Identity {
    private Identity() {}

    /** What a later chunk says replaces what an earlier one said; an empty text (Azure's first chunk) says nothing. */
    static void note(JsonNode body, Tally tally) {
        String model = Counts.text(body, "model");
        if (model != null) {
            tally.model(model);
        }
        String id = Counts.text(body, "id");
        if (id != null) {
            tally.requestId(id);
        }
        String tier = Counts.text(body, "service_tier");
        if (tier != null) {
            tally.serviceTier(tier);
        }
    }
}
