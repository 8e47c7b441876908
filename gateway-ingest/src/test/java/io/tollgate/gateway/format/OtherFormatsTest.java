package io.tollgate.gateway.format;

import static io.tollgate.gateway.format.Bodies.assertReads;
import static io.tollgate.gateway.format.Bodies.quantities;
import static io.tollgate.gateway.format.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OtherFormatsTest {
    @Test
    void perplexitysExtrasComeOnTop() {
        Reading reading = read(
                "perplexity.chat",
                """
                {"id":"p","model":"sonar-deep-research","usage":{"prompt_tokens":3,"completion_tokens":50,"total_tokens":53,
                  "citation_tokens":20,"num_search_queries":2,"reasoning_tokens":60,"search_context_size":"high",
                  "cost":{"total_cost":0.0123}}}""");
        assertThat(reading.quality()).isEqualTo(Quality.COMPLETE);
        assertThat(quantities(reading))
                .isEqualTo(
                        Map.of("input", "3", "output", "50", "citation", "20", "reasoning", "60", "search_query", "2"));
        assertThat(reading.variant()).isEqualTo("high");
        assertThat(reading.vendorCost()).hasToString("0.0123");
    }

    @Test
    void mistralsChatIsOpenAis() {
        assertReads(
                "mistral.chat",
                "{\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":12,\"total_tokens\":82,\"num_cached_tokens\":69}}",
                Map.of("input", "1", "cache_read", "69", "output", "12"));
    }

    @Test
    void anOcrPageIsEitherReadOrAnnotated() {
        assertReads("mistral.ocr", "{\"usage_info\":{\"pages_processed\":29}}", Map.of("page", "29"));
        assertReads(
                "mistral.ocr",
                "{\"document_annotation\":\"{}\",\"usage_info\":{\"pages_processed\":3}}",
                Map.of("annotated_page", "3"));
        assertReads(
                "mistral.ocr",
                "{\"pages\":[{\"images\":[{\"image_annotation\":\"{}\"}]}],\"usage_info\":{\"pages_processed\":3}}",
                Map.of("annotated_page", "3"));
        assertReads(
                "mistral.ocr",
                "{\"document_annotation\":\"{}\",\"usage_info\":{\"pages_processed\":3,\"pages_processed_annotation\":2}}",
                Map.of("annotated_page", "2", "page", "1"));
        assertReads(
                "mistral.ocr",
                "{\"document_annotation\":null,\"usage_info\":{\"pages_processed\":0,\"pages_processed_annotation\":2}}",
                Map.of("annotated_page", "2"));
    }

    @Test
    void ofAnAnnotationOnlyItsPresenceIsRead() {
        UsageFormat format = Objects.requireNonNull(Formats.named("mistral.ocr"));
        assertThat(Bodies.kept(
                        format, "{\"document_annotation\":\"a secret\",\"pages\":[{\"markdown\":\"a secret\"}]}"))
                .isEqualTo("[{\"document_annotation\":true,\"pages\":[{}]}]");
    }

    @Test
    void ollamaLeavesOutThePromptItHadCached() {
        assertReads(
                "ollama.chat",
                "{\"model\":\"m\",\"done\":true,\"eval_count\":10}",
                Map.of("input", "0", "output", "10"));
        assertReads(
                "ollama.chat",
                "[{\"model\":\"m\",\"done\":false},{\"model\":\"m\",\"done\":true,\"prompt_eval_count\":3,\"eval_count\":10}]",
                Map.of("input", "3", "output", "10"));
        assertThat(read("ollama.chat", "{\"model\":\"m\",\"done\":false}").quality())
                .isEqualTo(Quality.MISSING);
        assertThat(read("ollama.chat", "{\"model\":\"m\",\"done\":false,\"eval_count\":4}")
                        .quality())
                .isEqualTo(Quality.PARTIAL);
    }

    @Test
    void fractionalSecondsAreExact() {
        assertReads(
                "deepgram.listen",
                "{\"metadata\":{\"request_id\":\"r\",\"duration\":25.933313,\"channels\":1}}",
                Map.of("audio_second", "25.933313"));
        assertReads(
                "deepgram.listen",
                "{\"metadata\":{\"duration\":25.933313,\"channels\":2}}",
                Map.of("audio_second", "51.866626"));
        assertReads("groq.transcription", "{\"duration\":25.50}", Map.of("audio_second", "25.5"));
        assertReads("groq.transcription", "{\"duration\":0.4}", Map.of("audio_second", "10"));
        assertReads("groq.transcription", "{\"duration\":0}", Map.of("audio_second", "0"));
    }

    @Test
    void genericCountsAreAsTheProducerStatesThem() {
        assertReads("generic.seconds", "{\"duration_ms\":3250}", Map.of("compute_second", "3.25"));
        assertReads("generic.seconds", "{\"seconds\":\"3.25\",\"duration_ms\":3250}", Map.of("compute_second", "3.25"));
        assertReads("generic.images", "{\"images\":0}", Map.of("image", "0"));
        assertReads("generic.characters", "{\"characters\":12}", Map.of("input_character", "12"));
        assertThat(read("generic.seconds", "{\"seconds\":3,\"duration_ms\":3250}")
                        .quality())
                .isEqualTo(Quality.INCONSISTENT);
        assertThat(read("generic.images", "{\"images\":-1}").quality()).isEqualTo(Quality.INCONSISTENT);
    }
}
