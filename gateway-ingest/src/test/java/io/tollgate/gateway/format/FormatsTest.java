package io.tollgate.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    /** Promised and not written yet. To become empty, and to go. */
    static final Set<String> NOT_YET = Set.of(
            "openai.responses",
            "openai.responses.stream",
            "openai.embeddings",
            "openai.images",
            "openai.transcription",
            "openai.speech",
            "openai.realtime",
            "openai.videos",
            "azure.openai.embeddings",
            "cohere.v1.chat",
            "cohere.v2.chat",
            "cohere.v2.chat.stream",
            "cohere.v2.embed",
            "cohere.v2.rerank",
            "mistral.chat",
            "mistral.ocr",
            "ollama.chat",
            "groq.transcription",
            "perplexity.chat",
            "deepgram.listen",
            "generic.images",
            "generic.seconds",
            "generic.characters");

    static Stream<UsageFormat> formats() {
        return Formats.all().stream();
    }

    @Test
    void everyPromisedFormatIsThereAndNoOther() {
        Set<String> names = Formats.all().stream().map(UsageFormat::name).collect(Collectors.toSet());
        Set<String> expected = new TreeSet<>(PROMISED);
        expected.removeAll(NOT_YET);
        assertThat(names).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFormatReadsItsOwnSample(UsageFormat format) {
        Reading reading = Bodies.read(format.name(), format.sample());
        assertThat(reading.quality())
                .describedAs(format.name() + ": " + reading.remark())
                .isEqualTo(Quality.COMPLETE);
        assertThat(reading.quantities()).isNotEmpty();
        assertThat(Formats.named(format.name())).isSameAs(format);
        assertThat(format.sample().startsWith("["))
                .describedAs("a stream's sample is an array of chunks")
                .isEqualTo(format.isStream());
    }
}
