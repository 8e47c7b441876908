package io.tollgate.embedded.registry;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One line of the journal: something that the registry has promised. */
sealed interface JournalEntry {
    JsonMapper JSON = JsonMapper.shared();

    record Registered(String subject, int version, int id, String schema) implements JournalEntry {}

    /** A compatibility level; no subject means all that have none of their own. */
    record Configured(@Nullable String subject, Compatibility level) implements JournalEntry {}

    default String toLine() {
        ObjectNode line = JSON.createObjectNode();
        if (this instanceof Registered registered) {
            line.put("type", "registered")
                    .put("subject", registered.subject())
                    .put("version", registered.version())
                    .put("id", registered.id())
                    .put("schema", registered.schema());
        } else if (this instanceof Configured configured) {
            line.put("type", "configured")
                    .put("subject", configured.subject())
                    .put("level", configured.level().name());
        }
        return JSON.writeValueAsString(line);
    }

    /** Throws {@link IllegalArgumentException} on anything that {@link #toLine} would not have written. */
    static JournalEntry fromLine(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            JsonNode subject = line.path("subject");
            return switch (line.path("type").asString("")) {
                case "registered" ->
                    new Registered(
                            subject.stringValue(),
                            line.path("version").intValue(),
                            line.path("id").intValue(),
                            line.path("schema").stringValue());
                case "configured" ->
                    new Configured(
                            subject.isNull() ? null : subject.stringValue(),
                            Compatibility.valueOf(line.path("level").stringValue()));
                default -> throw new IllegalArgumentException("unknown entry: " + text);
            };
        } catch (JacksonException e) {
            throw new IllegalArgumentException("unreadable entry: " + text, e);
        }
    }
}
