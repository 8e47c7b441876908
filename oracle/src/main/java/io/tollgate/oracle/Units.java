package io.tollgate.oracle;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a dimension is counted in. */
final class Units {
    static final String TOKEN = "token";

    private static final Set<String> TOKENS = Set.of(
            "input",
            "output",
            "cache_read",
            "cache_write",
            "cache_write_5m",
            "cache_write_1h",
            "reasoning",
            "citation",
            "input_audio",
            "output_audio",
            "input_image",
            "output_image",
            "input_video",
            "output_video",
            "cache_read_audio",
            "cache_write_audio",
            "cache_read_image",
            "cache_read_video");

    private Units() {}

    /** Of a dimension, whose price's item may say it. */
    static String of(String dimension, @Nullable String said) {
        if (TOKENS.contains(dimension)) {
            return TOKEN;
        }
        return said == null ? "unit" : said;
    }

    /** Whether it is a part of the prompt: fresh, cached or written to the cache. */
    static boolean isPrompt(String dimension) {
        return TOKENS.contains(dimension) && (dimension.startsWith("input") || dimension.startsWith("cache_"));
    }
}
