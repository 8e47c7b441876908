package io.tollgate.gateway.catalog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The units of what the shipped book prices one by one. */
final class BookUnits {
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("web_search_call", "query"),
            Map.entry("file_search_call", "query"),
            Map.entry("search_query", "query"),
            Map.entry("search_unit", "query"),
            Map.entry("grounding_query", "query"),
            Map.entry("grounding_request", "request"),
            Map.entry("request", "request"),
            Map.entry("code_interpreter_session", "session"),
            Map.entry("image", "image"),
            Map.entry("image_in", "image"),
            Map.entry("page", "page"),
            Map.entry("annotated_page", "page"),
            Map.entry("audio_second", "second"),
            Map.entry("output_audio_second", "second"),
            Map.entry("input_video_second", "second"),
            Map.entry("video_second", "second"),
            Map.entry("input_character", "character"));

    private BookUnits() {}

    /** Null where the dimension is not known. */
    static @Nullable String of(String dimension) {
        return UNITS.get(dimension);
    }
}
