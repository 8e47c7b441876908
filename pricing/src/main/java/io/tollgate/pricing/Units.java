package io.tollgate.pricing;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Units of the dimensions. The set of dimensions is open: one that is not known here takes its price item's unit. */
final class Units {
    static final String TOKEN = "token";

    /** Where neither the name nor a price says more. */
    static final String UNKNOWN = "unit";

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

    static String of(String dimension, @Nullable String itemUnit) {
        if (TOKENS.contains(dimension)) {
            return TOKEN;
        }
        return itemUnit == null ? UNKNOWN : itemUnit;
    }

    static boolean isToken(String dimension) {
        return TOKENS.contains(dimension);
    }

    /** Whether a token dimension is part of the prompt, whose size decides context tiers. */
    static boolean isInputToken(String dimension) {
        return isToken(dimension) && (dimension.startsWith("input") || dimension.startsWith("cache_"));
    }
}
