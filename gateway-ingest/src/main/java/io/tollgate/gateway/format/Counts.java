package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.submission.SubmissionRules;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads members of a JSON tree that may be anything. */
final class Counts {
    private static final int MAX_NUMBER = 60;
    private static final int MAX_TEXT = 256;

    private Counts() {}

    /** The member; a missing node where it is absent or null, or {@code node} is no object. */
    static JsonNode at(@Nullable JsonNode node, String... path) {
        JsonNode found = node == null ? MissingNode.getInstance() : node;
        for (String member : path) {
            found = found.path(member);
        }
        return found.isNull() ? MissingNode.getInstance() : found;
    }

    /** Whether there is something under this path that is not null. */
    static boolean has(@Nullable JsonNode node, String... path) {
        return !at(node, path).isMissingNode();
    }

    /** A text that is not blank and can be stored, at most 256 characters; else null. */
    static @Nullable String text(@Nullable JsonNode node, String... path) {
        JsonNode found = at(node, path);
        if (!found.isString()) {
            return null;
        }
        String text = found.stringValue();
        return text.isBlank() || text.length() > MAX_TEXT || !SubmissionRules.isStorable(text) ? null : text;
    }

    /** A number, also as a string; null where there is none. It may be negative. */
    static @Nullable Decimal number(@Nullable JsonNode node, String... path) {
        JsonNode found = at(node, path);
        if (found.isString()) {
            return parse(found.stringValue());
        }
        return found.isNumber() ? parse(found.numberValue().toString()) : null;
    }

    private static @Nullable Decimal parse(String text) {
        if (text.length() > MAX_NUMBER) {
            return null;
        }
        try {
            return Decimal.parse(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
