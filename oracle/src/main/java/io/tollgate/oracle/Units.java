package io.tollgate.oracle;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a dimension is counted in. */
final class Units {
    static final String TOKEN = "token";

    private static final Set<String> OF_THE_PROMPT = Set.of(
            "input",
            "input_audio",
            "input_image",
            "input_video",
            "cache_read",
            "cache_read_audio",
            "cache_read_image",
            "cache_read_video",
            "cache_write",
            "cache_write_5m",
            "cache_write_1h",
            "cache_write_audio");

    private static final Set<String> OF_THE_ANSWER =
            Set.of("output", "output_audio", "output_image", "output_video", "reasoning", "citation");

    private Units() {}

    /** Of a dimension, whose price's item may say it where its name does not. */
    static String of(String dimension, @Nullable String said) {
        if (isPrompt(dimension) || OF_THE_ANSWER.contains(dimension)) {
            return TOKEN;
        }
        return said == null ? "unit" : said;
    }

    /** Whether it is a part of the prompt: fresh, cached or written to the cache. */
    static boolean isPrompt(String dimension) {
        return OF_THE_PROMPT.contains(dimension);
    }
}
