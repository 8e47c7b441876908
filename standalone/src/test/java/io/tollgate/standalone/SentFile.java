package io.tollgate.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was sent and how it was answered, as the oracle reads it: a line for each try. Of any thread. */
final class SentFile {
    private final List<String> lines = new ArrayList<>();

    /** One try of some CloudEvents of a company. */
    void add(String company, List<String> events, boolean acknowledged) {
        events.forEach(event -> add(company, JsonMapper.shared().readTree(event), acknowledged));
    }

    private void add(String company, JsonNode event, boolean acknowledged) {
        String kind = event.get("type").asString().split("\\.", -1)[1];
        JsonNode named = kind.equals("usage") ? event : event.get("data");
        add(company, named.get("source").asString(), named.get("id").asString(), kind, named, acknowledged);
    }

    /** One try of a usage that went in another way. */
    void addUsage(String company, String source, String id) {
        add(company, source, id, "usage", JsonMapper.shared().createObjectNode(), true);
    }

    private synchronized void add(
            String company, String source, String id, String kind, JsonNode named, boolean acknowledged) {
        ObjectNode line = JsonMapper.shared()
                .createObjectNode()
                .put("company", company)
                .put("source", source)
                .put("id", id)
                .put("kind", kind)
                .put("acknowledged", acknowledged);
        if (kind.equals("amend")) {
            line.put("revision", named.get("revision").asInt());
        }
        lines.add(line.toString());
    }

    synchronized void write(Path file) throws IOException {
        Files.write(file, lines);
    }
}
