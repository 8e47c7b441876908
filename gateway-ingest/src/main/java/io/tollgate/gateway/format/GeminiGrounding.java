package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Google Search behind a Gemini answer: up to Gemini 2.5 each grounded answer has a fee, from Gemini 3 on each search.
 * Google counts different searches and leaves out empty ones. Grounding with Maps or one's own data is not metered.
 */
final class GeminiGrounding {
    static final Shape SHAPE =
            Shape.of("webSearchQueries").with("groundingChunks", Shape.of().with("web", Shape.of()));

    private static final Pattern GENERATION = Pattern.compile("gemini-(\\d{1,3})(?!\\d)");
    private static final int FIRST_BY_QUERY = 3;

    private GeminiGrounding() {}

    static void add(Tally tally, List<JsonNode> chunks, @Nullable String model) {
        Set<String> queries = new HashSet<>();
        boolean hasPages = false;
        for (JsonNode chunk : chunks) {
            for (JsonNode candidate : Counts.at(chunk, "candidates")) {
                JsonNode grounding = Counts.at(candidate, "groundingMetadata");
                for (JsonNode query : Counts.at(grounding, "webSearchQueries")) {
                    if (query.isString() && !query.stringValue().isBlank()) {
                        queries.add(query.stringValue());
                    }
                }
                for (JsonNode source : Counts.at(grounding, "groundingChunks")) {
                    hasPages |= Counts.has(source, "web");
                }
            }
        }
        if (isByQuery(model)) {
            tally.addIfAny("grounding_query", Decimal.of(queries.size()));
        } else if (hasPages || !queries.isEmpty()) {
            tally.add("grounding_request", Decimal.ONE);
        }
    }

    /**
     * Where somebody else has counted the searches.
     *
     * @param searches null: none is told of
     */
    static void add(Tally tally, @Nullable Decimal searches, @Nullable String model) {
        if (isByQuery(model)) {
            tally.addIfAny("grounding_query", searches);
        } else if (searches != null && !searches.isZero()) {
            tally.add("grounding_request", Decimal.ONE);
        }
    }

    /** A model whose name has no number ({@code gemini-flash-latest}) is billed as what these were before Gemini 3. */
    private static boolean isByQuery(@Nullable String model) {
        Matcher generation = GENERATION.matcher(model == null ? "" : model);
        return generation.find() && Integer.parseInt(generation.group(1)) >= FIRST_BY_QUERY;
    }
}
