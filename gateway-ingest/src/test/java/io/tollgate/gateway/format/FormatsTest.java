package io.tollgate.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
    /** What {@code POST /v1/vendor/{format}} promises. */
    private static final Set<String> PROMISED = Set.of(
            "openai.chat",
            "openai.chat.stream",
            "openai.responses",
            "openai.responses.stream",
            "openai.embeddings",
            "openai.images",
            "openai.transcription",
            "openai.speech",
            "openai.realtime",
            "openai.videos",
            "azure.openai.chat",
            "azure.openai.chat.stream",
            "azure.openai.embeddings",
            "anthropic.messages",
            "anthropic.messages.stream",
            "gemini.generateContent",
            "gemini.streamGenerateContent",
            "gemini.embedContent",
            "vertex.generateContent",
            "vertex.predict.imagen",
            "cohere.v1.chat",
            "cohere.v2.chat",
            "cohere.v2.chat.stream",
            "cohere.v2.embed",
            "cohere.v2.rerank",
            "mistral.chat",
            "mistral.ocr",
            "bedrock.converse",
            "bedrock.converse.stream",
            "bedrock.invoke.titan",
            "bedrock.invoke.llama",
            "bedrock.invoke.headers",
            "ollama.chat",
            "groq.transcription",
            "perplexity.chat",
            "deepgram.listen",
            "generic.images",
            "generic.seconds",
            "generic.characters");

    static Stream<String> names() {
        return Formats.all().stream().map(UsageFormat::name);
    }

    @Test
    void everyPromisedFormatIsThereAndNoOther() {
        Set<String> names = Formats.all().stream().map(UsageFormat::name).collect(Collectors.toSet());
        assertThat(names).isEqualTo(PROMISED);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFormatsOwnSampleReadsComplete(String name) {
        UsageFormat format = Objects.requireNonNull(Formats.named(name));
        Reading reading = Bodies.read(name, format.sample());
        assertThat(reading.quality())
                .describedAs(String.valueOf(reading.remark()))
                .isEqualTo(Quality.COMPLETE);
        assertThat(reading.quantities()).isNotEmpty();
        assertThat(format.sample().startsWith("[")).isEqualTo(format.isStream());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "\"\"",
                "[]",
                "{}",
                "[null]",
                "[[]]",
                "{\"usage\":null}",
                "{\"usage\":[]}",
                "{\"usage\":{}}",
                "{\"usage\":7,\"meta\":7,\"metadata\":7,\"delta\":7,\"response\":7,\"data\":7,\"pages\":7,\"output\":7}"
            })
    void whereThereIsNoUsageItIsMissingAndNotZero(String body) {
        for (UsageFormat format : Formats.all()) {
            assertThat(Bodies.read(format.name(), body).quality())
                    .describedAs(format.name())
                    .isEqualTo(Quality.MISSING);
        }
    }
}
