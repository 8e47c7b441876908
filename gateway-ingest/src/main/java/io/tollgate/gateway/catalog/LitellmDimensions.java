package io.tollgate.gateway.catalog;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What LiteLLM's base keys count. Some say it only together with the entry's mode. */
final class LitellmDimensions {
    /** What is priced and in which unit. */
    record Dimension(String name, String unit) {}

    private static final Set<String> IMAGE_MODES = Set.of("image_generation", "image_edit");
    private static final Set<String> AUDIO_MODES = Set.of("audio_transcription", "audio_speech", "realtime");

    private static final Map<String, String> TOKENS = Map.ofEntries(
            Map.entry("input_cost_per_token", "input"),
            Map.entry("output_cost_per_token", "output"),
            Map.entry("cache_read_input_token_cost", "cache_read"),
            Map.entry("input_cost_per_token_cache_hit", "cache_read"),
            Map.entry("cache_creation_input_token_cost", "cache_write"),
            Map.entry("cache_creation_input_audio_token_cost", "cache_write_audio"),
            Map.entry("cache_read_input_audio_token_cost", "cache_read_audio"),
            Map.entry("cache_read_input_image_token_cost", "cache_read_image"),
            Map.entry("output_cost_per_reasoning_token", "reasoning"),
            Map.entry("input_cost_per_audio_token", "input_audio"),
            Map.entry("output_cost_per_audio_token", "output_audio"),
            Map.entry("input_cost_per_image_token", "input_image"),
            Map.entry("output_cost_per_image_token", "output_image"),
            Map.entry("input_cost_per_video_token", "input_video"),
            Map.entry("output_cost_per_video_token", "output_video"),
            Map.entry("citation_cost_per_token", "citation"));

    private static final Map<String, Dimension> OTHERS = Map.ofEntries(
            Map.entry("input_cost_per_pixel", new Dimension("pixel_in", "pixel")),
            Map.entry("output_cost_per_pixel", new Dimension("pixel_out", "pixel")),
            Map.entry("output_cost_per_image", new Dimension("image", "image")),
            Map.entry("input_cost_per_audio_per_second", new Dimension("audio_second", "second")),
            Map.entry("input_cost_per_video_per_second", new Dimension("input_video_second", "second")),
            Map.entry("output_cost_per_video_per_second", new Dimension("video_second", "second")),
            Map.entry("input_cost_per_character", new Dimension("input_character", "character")),
            Map.entry("output_cost_per_character", new Dimension("output_character", "character")),
            Map.entry("input_cost_per_request", new Dimension("request", "request")),
            Map.entry("ocr_cost_per_page", new Dimension("page", "page")),
            Map.entry("annotation_cost_per_page", new Dimension("annotated_page", "page")),
            Map.entry("ocr_cost_per_credit", new Dimension("ocr_credit", "credit")),
            Map.entry("code_interpreter_cost_per_session", new Dimension("code_interpreter_session", "session")));

    private LitellmDimensions() {}

    /** Null where the key is not known. */
    static @Nullable Dimension of(String base, String mode, boolean hasOutputImage) {
        String token = TOKENS.get(base);
        if (token != null) {
            return new Dimension(token, Rate.TOKEN);
        }
        return switch (base) {
            // An image model that has only this one bills what it makes by it.
            case "input_cost_per_image" ->
                new Dimension(IMAGE_MODES.contains(mode) && !hasOutputImage ? "image" : "image_in", "image");
            case "input_cost_per_second", "output_cost_per_second" -> seconds(base, mode);
            case "input_cost_per_query" ->
                new Dimension(mode.equals("rerank") ? "search_unit" : "search_query", "query");
            default -> OTHERS.get(base);
        };
    }

    static boolean isImageMode(String mode) {
        return IMAGE_MODES.contains(mode);
    }

    private static Dimension seconds(String base, String mode) {
        if (mode.equals("video_generation")) {
            return new Dimension("video_second", "second");
        }
        if (AUDIO_MODES.contains(mode)) {
            boolean isSpoken = base.startsWith("output") && mode.equals("audio_speech");
            return new Dimension(isSpoken ? "output_audio_second" : "audio_second", "second");
        }
        return new Dimension("compute_second", "second");
    }
}
