package io.tollgate.chaos.fuzz.input;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What may come as JSON. Mostly an example of what is asked for in which something is wrong: that gets further in than
 * nonsense does.
 */
final class HostileJson {
    private static final int DEEP = 100_000;
    private static final int MANY = 5_000;
    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, Charset.forName("UTF-32"));

    private HostileJson() {}

    /** @param example JSON that would be taken */
    static byte[] of(Draw draw, String example) {
        return switch (draw.below(16)) {
            case 0 -> draw.bytes(draw.below(300));
            case 1 -> value(draw, 4).getBytes(StandardCharsets.UTF_8);
            case 2 -> example.substring(0, draw.below(example.length() + 1)).getBytes(StandardCharsets.UTF_8);
            case 3 -> spoiled(draw, example.getBytes(StandardCharsets.UTF_8));
            case 4 -> around(draw, example);
            case 5 -> example.getBytes(draw.one(CHARSETS));
            default -> mutated(draw, example).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** The example with a value or a few that are not as they should be. */
    private static String mutated(Draw draw, String example) {
        JsonNode root = JsonMapper.shared().readTree(example);
        int nodes = count(root);
        StringBuilder text = new StringBuilder();
        new Mutation(draw, draw.below(nodes), draw.oneIn(4) ? draw.below(nodes) : -1).write(root, text);
        return text.toString();
    }

    /** Bytes that were hurt on their way. */
    private static byte[] spoiled(Draw draw, byte[] bytes) {
        for (int i = 0; i <= draw.below(4) && bytes.length > 0; i++) {
            bytes[draw.below(bytes.length)] = (byte) draw.any();
        }
        return bytes;
    }

    private static byte[] around(Draw draw, String example) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = example.getBytes(StandardCharsets.UTF_8);
        byte[] before = draw.one(List.of("", "\uFEFF", "  \n", "[[", ")]}',\n", "{} ", "\u0000"))
                .getBytes(StandardCharsets.UTF_8);
        byte[] behind = draw.one(List.of("", "\n", ",", "}", example, "\u0000", "// done", "\n" + example + "\n"))
                .getBytes(StandardCharsets.UTF_8);
        out.writeBytes(before);
        out.writeBytes(bytes);
        out.writeBytes(behind);
        return out.toByteArray();
    }

    private static int count(JsonNode node) {
        int count = 1;
        for (JsonNode child : node) {
            count += count(child);
        }
        return count;
    }

    /** Any value, nested up to so deep. */
    static String value(Draw draw, int depth) {
        return switch (draw.below(depth > 0 ? 14 : 9)) {
            case 0 -> "null";
            case 1 -> draw.oneIn(2) ? "true" : "false";
            case 2, 3, 4 -> HostileText.number(draw);
            case 5, 6, 7 -> quoted(HostileText.of(draw));
            case 8 -> "{}";
            case 9, 10 -> "[" + value(draw, depth - 1) + "," + value(draw, depth - 1) + "]";
            case 11, 12 -> "{" + quoted(HostileText.of(draw)) + ":" + value(draw, depth - 1) + "}";
            default -> large(draw);
        };
    }

    /** Deep, or of many members. */
    private static String large(Draw draw) {
        int deep = draw.one(List.of(100, 1_001, DEEP));
        return switch (draw.below(5)) {
            case 0 -> "[".repeat(deep) + "]".repeat(deep);
            case 1 -> "{\"a\":".repeat(deep) + "1" + "}".repeat(deep);
            case 2 -> "[".repeat(deep);
            case 3 -> "[" + "0,".repeat(MANY) + "0]";
            default -> labels(draw.oneIn(2) ? MANY : 65);
        };
    }

    private static String labels(int count) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append("\"label-").append(i).append("\":\"v\"");
        }
        return text.append('}').toString();
    }

    /** In quotes: mostly as JSON asks, now and then as it came. */
    static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    /** Writes a tree, with something else in the place of one or two of its nodes. */
    private static final class Mutation {
        private final Draw draw;
        private final int first;
        private final int second;
        private int at;

        Mutation(Draw draw, int first, int second) {
            this.draw = draw;
            this.first = first;
            this.second = second;
        }

        void write(JsonNode node, StringBuilder out) {
            int own = at++;
            if (own == first || own == second) {
                at += count(node) - 1;
                replace(node, out);
            } else if (node.isObject()) {
                members(node, out, false);
            } else if (node.isArray()) {
                out.append('[');
                for (Iterator<JsonNode> each = node.iterator(); each.hasNext(); ) {
                    write(each.next(), out);
                    out.append(each.hasNext() ? "," : "");
                }
                out.append(']');
            } else {
                out.append(node);
            }
        }

        private void replace(JsonNode node, StringBuilder out) {
            if (node.isObject() && draw.oneIn(2)) {
                members(node, out, true);
            } else if (node.isNumber() && draw.oneIn(2)) {
                out.append(HostileText.number(draw));
            } else if (node.isString() && draw.oneIn(2)) {
                out.append(quoted(HostileText.of(draw)));
            } else {
                out.append(value(draw, 3));
            }
        }

        /** @param strange one member twice, one more, or one less */
        private void members(JsonNode node, StringBuilder out, boolean strange) {
            int odd = strange && !node.isEmpty() ? draw.below(node.size()) : -1;
            int how = draw.below(3);
            int member = 0;
            String separator = "";
            out.append('{');
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                boolean isOdd = member++ == odd;
                if (isOdd && how == 0) {
                    at += count(each.getValue());
                    continue;
                }
                out.append(separator).append(quoted(each.getKey())).append(':');
                write(each.getValue(), out);
                separator = ",";
                if (isOdd) {
                    String name = how == 1 ? each.getKey() : HostileText.of(draw);
                    out.append(',').append(quoted(name)).append(':').append(value(draw, 2));
                }
            }
            out.append('}');
        }
    }
}
