package io.tollgate.pricing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words on a line for how its price was found: first under which name, see {@link ModelSearch}, then whether another
 * dimension's price stands in. Every way is written here and marked on the line: no price is guessed by a likeness of names.
 */
final class PriceMatch {
    static final String EXACT = "exact";

    /** Under the name that the call asked for; the one that answered has no price. */
    static final String REQUEST_MODEL = "request_model";

    /** Under the name that an alias in the book stands for. */
    static final String ALIAS = "alias";

    /** Under the model's name without its date. */
    static final String UNDATED = "undated";

    /** Under the model's name without the region before it, and in that region. */
    static final String REGION = "region";

    /** By an item for all models whose names begin alike, which an operator has put into the book. */
    static final String PREFIX = "prefix";

    /** By an item for all models, which an operator has put into the book. */
    static final String DEFAULT = "default";

    private static final String FALLBACK = "fallback";
    private static final Map<String, String> FALLBACKS = Map.of("cache_read", "input", "reasoning", "output");

    private PriceMatch() {}

    /** Whose price a dimension has where it has none: no vendor reads its cache or thinks for nothing. */
    static @Nullable String fallback(String dimension) {
        return FALLBACKS.get(dimension);
    }

    /** The word on a line. */
    static String word(String name, boolean byFallback) {
        if (!byFallback) {
            return name;
        }
        return name.equals(EXACT) ? FALLBACK : name + "," + FALLBACK;
    }
}
