package io.tollgate.gateway.otlp;

import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept of a span, of either encoding.
 *
 * @param traceId in lower-case hex
 * @param startNanos unsigned epoch ns, 0 where it is not stated, as {@code endNanos}
 * @param failed whether its status is an error
 * @param attributes that {@link SpanAttributes} keeps, each a text, a number or a flag
 */
record Span(
        Origin origin,
        String name,
        String traceId,
        String spanId,
        long startNanos,
        long endNanos,
        boolean failed,
        ObjectNode attributes) {

    /** The first of these attributes that is a text which can be stored. */
    @Nullable
    String text(List<String> names) {
        return text(attributes, names);
    }

    static @Nullable String text(ObjectNode attributes, List<String> names) {
        for (String name : names) {
            String text = storable(attributes.get(name));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** A name that can't be kept is left out, as in vendors' bodies: it must not cost the event. */
    static @Nullable String storable(@Nullable JsonNode value) {
        String text = value == null || value.isContainer() ? "" : value.asString();
        boolean isStorable =
                !text.isBlank() && text.length() <= SubmissionLimits.MAX_TEXT && SubmissionRules.isStorable(text);
        return isStorable ? text : null;
    }

    boolean has(List<String> names) {
        return names.stream().anyMatch(attributes::has);
    }
}
