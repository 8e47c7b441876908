package io.tollgate.standalone.config;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a document or a version changes, for people: {@code +} made, {@code ~} changed, {@code -} ended, member by member. */
final class OutcomeText {
    private OutcomeText() {}

    static void print(JsonNode outcome, PrintWriter out) {
        changes(outcome.path("changes"), out);
        for (JsonNode left : outcome.path("left_alone")) {
            out.println("! " + text(left, "kind") + " " + text(left, "id") + ": " + text(left, "detail"));
        }
        counts(outcome.path("kinds"), out);
        for (JsonNode secret : outcome.path("secrets")) {
            out.println("secret   " + text(secret, "kind") + " " + text(secret, "id") + "  " + text(secret, "secret"));
        }
        if (!outcome.path("secrets").isEmpty()) {
            out.println("         shown this once");
        }
        if (outcome.path("changes").isEmpty()) {
            out.println("nothing to change");
        } else if (outcome.path("dry_run").asBoolean()) {
            out.println("nothing was changed yet");
        } else {
            out.println("version  " + text(outcome, "config_version"));
        }
    }

    /** Of an outcome, or the entries of a version. */
    static void changes(JsonNode changes, PrintWriter out) {
        for (JsonNode change : changes) {
            JsonNode differences = change.path("differences");
            out.println(sign(change) + " " + text(change, "kind") + " " + text(change, "id") + "  ("
                    + text(change, "action") + ")");
            differences.forEach(difference -> out.println("    " + line(difference)));
        }
    }

    private static String sign(JsonNode change) {
        return switch (text(change, "action")) {
            case "created", "added" -> "+";
            case "deleted", "revoked" -> "-";
            // What was done to it then, only the record itself tells.
            case "restored" -> !change.hasNonNull("before") ? "+" : change.hasNonNull("after") ? "~" : "-";
            default -> "~";
        };
    }

    private static String line(JsonNode difference) {
        String path = text(difference, "path");
        String name = path.equals("/-") ? "" : path.substring(1) + ": ";
        if (!difference.hasNonNull("before")) {
            return "+ " + name + value(difference.path("after"));
        }
        return difference.hasNonNull("after")
                ? "~ " + name + value(difference.path("before")) + " -> " + value(difference.path("after"))
                : "- " + name + value(difference.path("before"));
    }

    private static String value(JsonNode value) {
        if (value.isObject()) {
            List<String> members = new ArrayList<>();
            value.forEachEntry((name, member) -> members.add(name + ": " + value(member)));
            return String.join(", ", members);
        }
        return value.isArray() ? value.toString() : value.asString("");
    }

    private static void counts(JsonNode kinds, PrintWriter out) {
        kinds.forEachEntry((kind, count) -> out.println(kind + ": " + text(count, "created") + " created, "
                + text(count, "replaced") + " replaced, " + text(count, "deleted") + " deleted, "
                + text(count, "unchanged") + " unchanged"));
    }

    static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }
}
