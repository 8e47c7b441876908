package io.tollgate.usageapi.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as a browser does: what is not whole is not there, and an id without data counts. */
public final class EventStream {
    private final StringBuilder rest = new StringBuilder();
    private final List<Event> events = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private @Nullable String firstId;
    private @Nullable String lastId;

    public record Event(String name, String id, JsonNode data) {}

    public void read(byte[] bytes) {
        read(new String(bytes, StandardCharsets.UTF_8));
    }

    void read(String text) {
        rest.append(text);
        for (int end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
            block(rest.substring(0, end));
            rest.delete(0, end + 2);
        }
    }

    private void block(String block) {
        String name = "message";
        String data = null;
        for (String line : block.lines().toList()) {
            if (line.startsWith(":")) {
                comments.add(line.substring(1).strip());
            } else if (line.startsWith("id: ")) {
                lastId = line.substring("id: ".length());
                firstId = firstId == null ? lastId : firstId;
            } else if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data = line.substring("data: ".length());
            }
        }
        if (data != null) {
            events.add(new Event(
                    name, lastId == null ? "" : lastId, JsonMapper.shared().readTree(data)));
        }
    }

    public List<Event> events() {
        return events;
    }

    public List<Event> events(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    public List<String> comments() {
        return comments;
    }

    @Nullable
    String firstId() {
        return firstId;
    }

    public @Nullable String lastId() {
        return lastId;
    }
}
