package io.tollgate.standalone.config;

import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of configuration, YAML or JSON, and on which line each part of it stands. Every scalar but {@code true},
 * {@code false} and {@code null} is a string: numbers stay as exact as they were written, and {@code no} stays a word.
 */
final class ConfigFile {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_CHARACTERS = 16 << 20;
    private static final int MOST_PARTS = 1_000_000;

    private final String name;
    private final Map<String, Integer> lines = new HashMap<>();
    private int parts;

    private ConfigFile(String name) {
        this.name = name;
    }

    /**
     * A file that was read.
     *
     * @param lines by RFC 6901 pointer, from 1
     */
    record Read(String name, JsonNode tree, Map<String, Integer> lines) {

        /** An answer whose errors say on which line of the file they are. */
        Answer located(Answer answer) {
            try {
                if (!answer.isOk() && answer.json() instanceof ObjectNode problem) {
                    problem.path("errors").forEach(this::locate);
                    return new Answer(answer.status(), problem.toString(), answer.retryAfter());
                }
            } catch (JacksonException e) {
                // No answer of a gateway, which whoever reads it finds out.
            }
            return answer;
        }

        private void locate(JsonNode error) {
            String pointer = error.path("pointer").asString("");
            Integer line = line(pointer);
            if (line != null && error instanceof ObjectNode members) {
                members.put("pointer", name + ":" + line + "  " + pointer);
            }
        }

        /** Of the part itself, or of what it would be part of. */
        private @Nullable Integer line(String pointer) {
            String at = pointer;
            while (!lines.containsKey(at) && !at.isEmpty()) {
                at = at.substring(0, at.lastIndexOf('/'));
            }
            return lines.get(at);
        }
    }

    /** @throws IOException that says what is wrong, on which line */
    static Read read(Path path) throws IOException {
        String text = new String(GatewayOptions.read(path), StandardCharsets.UTF_8);
        ConfigFile file = new ConfigFile(path.toString());
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            JsonNode tree = root == null ? JSON.objectNode() : file.tree(root, "");
            return new Read(path.toString(), tree, file.lines);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new IOException(path + ":" + line + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw new IOException(path + ": " + e.getMessage());
        }
    }

    private JsonNode tree(Node node, String pointer) throws IOException {
        if (++parts > MOST_PARTS) {
            throw new IOException(name + ": more than " + MOST_PARTS + " parts, aliases counted");
        }
        int line = node.getStartMark().getLine() + 1;
        lines.putIfAbsent(pointer, line);
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(tree(element, pointer + "/" + array.size()));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private JsonNode object(MappingNode mapping, String pointer) throws IOException {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple member : mapping.getValue()) {
            int line = member.getKeyNode().getStartMark().getLine() + 1;
            if (!(member.getKeyNode() instanceof ScalarNode key)) {
                throw new IOException(name + ":" + line + ": a member's name is a word");
            }
            if (object.has(key.getValue())) {
                throw new IOException(name + ":" + line + ": " + key.getValue() + " is here twice");
            }
            String at = pointer + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
            lines.put(at, line);
            object.set(key.getValue(), tree(member.getValueNode(), at));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.isPlain() && scalar.getTag().equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        boolean isTrue = text.equalsIgnoreCase("true");
        if (scalar.isPlain() && (isTrue || text.equalsIgnoreCase("false"))) {
            return JSON.booleanNode(isTrue);
        }
        return JSON.stringNode(text);
    }

    /** What the gateway is sent. */
    static String path(boolean dryRun, boolean prune) {
        return "/admin/v1/config?dry_run=" + dryRun + "&prune=" + prune;
    }

    /** The version that an outcome was decided on, as a condition for the next call. */
    static String[] onlyIf(JsonNode outcome) {
        return new String[] {"If-Match", '"' + outcome.path("config_version").asString() + '"'};
    }

    /** Posts the file; where it is refused, the answer says on which lines. */
    static Answer send(HttpApi api, Read file, boolean dryRun, boolean prune, String... headers)
            throws IOException, InterruptedException {
        return file.located(api.send("POST", path(dryRun, prune), file.tree(), headers));
    }
}
