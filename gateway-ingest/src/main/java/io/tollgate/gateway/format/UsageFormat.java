package io.tollgate.gateway.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One vendor format. Stateless and total: any JSON whatever gives a reading, never an exception.
 */
public interface UsageFormat {
    /** As it is named in {@code POST /v1/vendor/{format}}: {@code openai.chat}. */
    String name();

    /** Whose format it is, and so who was called unless the producer says otherwise; null where anybody may use it. */
    default @Nullable String provider() {
        String vendor = name().substring(0, name().indexOf('.'));
        return switch (vendor) {
            case "vertex" -> "vertex_ai";
            case "generic" -> null;
            default -> vendor;
        };
    }

    /** What must be kept of a body, or of each chunk of a stream; the rest (prompts and answers) is not even read. */
    Shape shape();

    /** Whether a call is told by many chunks rather than by one body. */
    default boolean isStream() {
        return false;
    }

    /**
     * Reads the kept parts.
     *
     * @param chunks of a stream in their order; of a body that is no stream just that body
     */
    Reading read(List<JsonNode> chunks, Said said);

    /**
     * What of a kept body or chunk may be stored, so that it can be read again: counts and names. Texts of prompts and
     * answers, which some counts are taken from, are not among it.
     */
    default JsonNode usagePart(JsonNode chunk) {
        return chunk;
    }

    /** A small body (a stream's: an array of chunks) as JSON, for people who look for the right format. */
    String sample();
}
