package io.tollgate.gateway.format;

import static io.tollgate.gateway.format.Bodies.assertReads;
import static io.tollgate.gateway.format.Bodies.quantities;
import static io.tollgate.gateway.format.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenAiMediaTest {
    @Test
    void embeddingsMayHaveOnlyATotal() {
        assertReads("openai.embeddings", "{\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}", Map.of("input", "4"));
        assertReads("azure.openai.embeddings", "{\"usage\":{\"total_tokens\":9}}", Map.of("input", "9"));
        assertThat(read("openai.embeddings", "{\"usage\":{\"prompt_tokens\":4,\"total_tokens\":5}}")
                        .quality())
                .isEqualTo(Quality.INCONSISTENT);
    }

    @Test
    void anImagesOutputIsAllImageUnlessDetailsSayOtherwise() {
        assertReads(
                "openai.images",
                """
                {"data":[{"b64_json":"x"}],"quality":"high","usage":{"input_tokens":50,"output_tokens":40,"total_tokens":90,
                  "input_tokens_details":{"text_tokens":10,"image_tokens":40}}}""",
                Map.of("input", "10", "input_image", "40", "output_image", "40"));
        assertReads(
                "openai.images",
                """
                {"usage":{"input_tokens":5,"output_tokens":40,"total_tokens":45,
                  "output_tokens_details":{"text_tokens":8,"image_tokens":32}}}""",
                Map.of("input", "5", "output", "8", "output_image", "32"));
    }

    @Test
    void imagesWithoutUsageAreCounted() {
        Reading reading = read(
                "openai.images",
                "{\"data\":[{\"url\":\"u\"},{\"url\":\"v\"}],\"quality\":\"hd\",\"size\":\"1024x1792\"}");
        assertThat(quantities(reading)).isEqualTo(Map.of("image", "2"));
        assertThat(reading.variant()).isEqualTo("hd/1024x1792");
    }

    @Test
    void transcriptionsAreBySecondOrByToken() {
        assertReads(
                "openai.transcription",
                "{\"duration\":41.3,\"usage\":{\"type\":\"duration\",\"seconds\":42}}",
                Map.of("audio_second", "42"));
        assertReads("openai.transcription", "{\"duration\":8.470000267}", Map.of("audio_second", "8.470000267"));
        assertReads(
                "openai.transcription",
                """
                {"usage":{"type":"tokens","input_tokens":16,"input_token_details":{"text_tokens":2,"audio_tokens":14},
                  "output_tokens":45,"total_tokens":61}}""",
                Map.of("input", "2", "input_audio", "14", "output", "45"));
    }

    @Test
    void speechIsByCharacterOrByToken() {
        assertReads("openai.speech", "{\"characters\":1250}", Map.of("input_character", "1250"));
        assertReads(
                "openai.speech",
                "{\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":14,\"output_tokens\":101,\"total_tokens\":115}}",
                Map.of("input", "14", "output_audio", "101"));
    }

    @Test
    void aVideosSecondsAreAText() {
        Reading reading = read(
                "openai.videos",
                "{\"id\":\"v\",\"model\":\"sora-2\",\"status\":\"completed\",\"seconds\":\"8\",\"size\":\"720x1280\"}");
        assertThat(quantities(reading)).isEqualTo(Map.of("video_second", "8"));
        assertThat(reading.variant()).isEqualTo("720x1280");
        assertThat(read("openai.videos", "{\"status\":\"failed\",\"seconds\":\"8\"}")
                        .quality())
                .isEqualTo(Quality.MISSING);
    }

    @Test
    void ofASpokenTextOnlyItsLengthIsStored() {
        UsageFormat speech = Objects.requireNonNull(Formats.named("openai.speech"));
        JsonNode request = JsonMapper.shared().readTree("{\"model\":\"tts-1\",\"input\":\"p\u00e9 \uD83D\uDE00\"}");
        assertThat(speech.usagePart(request)).hasToString("{\"model\":\"tts-1\",\"characters\":4}");
        assertThat(speech.usagePart(JsonMapper.shared().readTree("{\"input\":[1]}")))
                .hasToString("{}");
        assertThat(speech.usagePart(JsonMapper.shared().readTree("7"))).hasToString("7");
    }
}
