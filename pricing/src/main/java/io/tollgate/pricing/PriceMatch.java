package io.tollgate.pricing;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a price was found for a line where there is none for exactly this dimension of exactly this model. Every way is
 * written here, marked on the line, and the vendors' own rule: no price is ever guessed by a likeness of names.
 */
public final class PriceMatch {
    static final String EXACT = "exact";

    /** By another dimension's price, see {@link #fallback}. */
    static final String FALLBACK = "fallback";

    /** By the model's price without the date in its name, see {@link #undated}. */
    static final String UNDATED = "undated";

    private static final Map<String, String> FALLBACKS = Map.of("cache_read", "input", "reasoning", "output");

    /** {@code gpt-4o-2024-08-06}, {@code claude-sonnet-4-5@20250929}, and Bedrock's version behind the date. */
    private static final Pattern DATED =
            Pattern.compile("(.+?)[-@]20\\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\\d|3[01])(?:-v\\d+(?::\\d+)?)?");

    private PriceMatch() {}

    /** Whose price a dimension has where it has none: no vendor reads its cache or thinks for nothing. */
    static @Nullable String fallback(String dimension) {
        return FALLBACKS.get(dimension);
    }

    /** The name without its date; null where it has none. A snapshot costs what its model does, unless it has a price. */
    public static @Nullable String undated(String model) {
        Matcher dated = DATED.matcher(model);
        return dated.matches() ? dated.group(1) : null;
    }

    /** The word on a line. */
    static String word(boolean undated, boolean fallback) {
        if (undated) {
            return fallback ? UNDATED + "," + FALLBACK : UNDATED;
        }
        return fallback ? FALLBACK : EXACT;
    }
}
