package io.tollgate.standalone.send;

import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of everything that was sent. Of the rejections the first are kept, and all where there is a file for them. */
final class Tally {
    private static final int KEPT = 20;

    private final @Nullable Writer rejections;
    private final List<ObjectNode> kept = new ArrayList<>();
    private final Map<String, Long> codes = new TreeMap<>();
    private long accepted;
    private long rejected;
    private long repeated;
    private long retries;

    /** @param rejections takes a JSON line for each; null: nobody wants them */
    Tally(@Nullable Writer rejections) {
        this.rejections = rejections;
    }

    synchronized void accepted(int events) {
        accepted += events;
    }

    synchronized void repeated() {
        repeated++;
    }

    synchronized void retried() {
        retries++;
    }

    /** @param why with members code, detail and pointer, as the gateway says them */
    synchronized void rejected(Item item, JsonNode why) {
        rejected++;
        String code = why.path("code").asString("");
        codes.merge(code, 1L, Long::sum);
        ObjectNode line = HttpApi.MAPPER
                .createObjectNode()
                .put("file", item.file())
                .put("line", item.line())
                .put("code", code)
                .put("detail", why.path("detail").asString(""));
        if (kept.size() < KEPT) {
            kept.add(line.deepCopy());
        }
        if (rejections != null) {
            write(rejections, line, item);
        }
    }

    synchronized long accepted() {
        return accepted;
    }

    synchronized long rejected() {
        return rejected;
    }

    /** In one short sentence, while it goes on. */
    synchronized String soFar() {
        return "%,d accepted".formatted(accepted) + (rejected == 0 ? "" : ", %,d rejected".formatted(rejected));
    }

    synchronized JsonNode json() {
        ObjectNode json = HttpApi.MAPPER
                .createObjectNode()
                .put("accepted", accepted)
                .put("rejected", rejected)
                .put("repeated", repeated)
                .put("retries", retries);
        json.set("codes", HttpApi.MAPPER.valueToTree(codes));
        json.set("rejections", HttpApi.MAPPER.valueToTree(kept));
        return json;
    }

    static void print(JsonNode tally, PrintWriter out) {
        for (JsonNode line : tally.path("rejections")) {
            out.printf(
                    "rejected  %s line %s: %s  %s%n",
                    line.path("file").asString(""),
                    line.path("line").asString(""),
                    line.path("code").asString(""),
                    line.path("detail").asString(""));
        }
        long rejected = tally.path("rejected").asLong();
        if (rejected > tally.path("rejections").size()) {
            out.println("… and " + (rejected - tally.path("rejections").size()) + " more; --rejected FILE keeps all");
        }
        tally.path("codes").properties().forEach(code -> out.printf("%-10s%s%n", code.getValue(), code.getKey()));
        out.printf(
                "accepted %s, rejected %s, repeated in what was sent %s%n",
                tally.path("accepted").asString(""),
                rejected,
                tally.path("repeated").asString(""));
    }

    private static void write(Writer to, ObjectNode line, Item item) {
        try {
            line.set("event", HttpApi.MAPPER.readTree(item.json()));
        } catch (JacksonException e) {
            line.put("text", new String(item.json(), StandardCharsets.UTF_8));
        }
        try {
            to.write(HttpApi.MAPPER.writeValueAsString(line) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
