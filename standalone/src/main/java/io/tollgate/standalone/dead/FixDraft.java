package io.tollgate.standalone.dead;

import io.tollgate.standalone.client.HttpApi;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A dead letter's original in the form that a fix has, to be edited: what is not said in it stays as it was. */
final class FixDraft {
    /** Not of an event's data, and how a vendor's body was read. */
    private static final Set<String> ELSEWHERE = Set.of("event_time", "user", "vendor");

    private static final List<String> NAMES = List.of("company", "source", "id");

    private FixDraft() {}

    /** @param letter with all that is known of it */
    static ObjectNode of(JsonNode letter) {
        ObjectNode draft = HttpApi.MAPPER.createObjectNode();
        JsonNode original = letter.path("original");
        if (!original.isObject()) {
            for (String name : NAMES) {
                draft.put(
                        name, letter.path(name.equals("id") ? "event_id" : name).asString(""));
            }
            draft.putObject("data").put("provider", "").put("model", "").putObject("dimensions");
            return draft;
        }
        JsonNode usage = original.path("usage");
        if (usage.hasNonNull("user")) {
            draft.set("subject", usage.path("user"));
        }
        JsonNode time = usage.path("event_time");
        if (original.path("kind").asString("").equals("usage")) {
            if (time.isString()) {
                draft.set("time", time);
            }
            return draft.set("data", data(usage));
        }
        ObjectNode correction =
                draft.putObject("data").put("reason", original.path("reason").asString(""));
        if (usage.isObject()) {
            ObjectNode data = data(usage);
            if (time.isString()) {
                data.set("time", time);
            }
            correction.set("revision", original.path("revision"));
            correction.set("data", data);
        }
        return draft;
    }

    private static ObjectNode data(JsonNode usage) {
        ObjectNode data = HttpApi.MAPPER.createObjectNode();
        usage.properties().forEach(member -> {
            boolean says = !member.getValue().isNull() && !ELSEWHERE.contains(member.getKey());
            if (says) {
                data.set(member.getKey(), member.getValue());
            }
        });
        return data;
    }
}
