package io.tollgate.gateway.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every format, by name. */
public final class Formats {
    private static final Map<String, UsageFormat> BY_NAME = new LinkedHashMap<>();

    /** Of what is never streamed. */
    private static final Set<String> ONE_BODY = Set.of(
            "openai.embeddings",
            "azure.openai.embeddings",
            "openai.videos",
            "gemini.embedContent",
            "vertex.predict.imagen",
            "cohere.v2.embed",
            "cohere.v2.rerank",
            "mistral.ocr",
            "bedrock.invoke.headers",
            "groq.transcription",
            "generic.images",
            "generic.seconds",
            "generic.characters");

    static {
        Stream.of(openAi(), anthropic(), google(), Cohere.all(), bedrock(), others(), generic())
                .flatMap(List::stream)
                .forEach(format -> BY_NAME.put(format.name(), format));
    }

    private Formats() {}

    private static List<UsageFormat> openAi() {
        return List.of(
                new OpenAiChat("openai.chat", false),
                new OpenAiChat("openai.chat.stream", true),
                new OpenAiChat("azure.openai.chat", false),
                new OpenAiChat("azure.openai.chat.stream", true),
                new OpenAiResponses(false),
                new OpenAiResponses(true),
                new OpenAiEmbeddings("openai.embeddings"),
                new OpenAiEmbeddings("azure.openai.embeddings"),
                new OpenAiImages(),
                new OpenAiTranscription(),
                new OpenAiSpeech(),
                new OpenAiRealtime(),
                new OpenAiVideos());
    }

    private static List<UsageFormat> others() {
        return List.of(
                new OpenAiChat("mistral.chat", false),
                new MistralOcr(),
                new GroqTranscription(),
                new PerplexityChat(),
                new OllamaChat(),
                new DeepgramListen());
    }

    private static List<UsageFormat> generic() {
        return List.of(
                new GenericCount("generic.images", "images", "image"),
                new GenericSeconds(),
                new GenericCount("generic.characters", "characters", "input_character"));
    }

    private static List<UsageFormat> anthropic() {
        return List.of(
                new AnthropicMessages("anthropic.messages", false),
                new AnthropicMessages("anthropic.messages.stream", true));
    }

    private static List<UsageFormat> google() {
        return List.of(
                new GeminiContent("gemini.generateContent", false),
                new GeminiContent("gemini.streamGenerateContent", true),
                new GeminiEmbedding(),
                new GeminiContent("vertex.generateContent", false),
                new VertexImagen());
    }

    private static List<UsageFormat> bedrock() {
        return List.of(
                new BedrockConverse("bedrock.converse", false),
                new BedrockConverse("bedrock.converse.stream", true),
                BedrockInvoke.titan(),
                BedrockInvoke.llama(),
                new BedrockHeaders());
    }

    /** Null where there is no such format. */
    public static @Nullable UsageFormat named(String name) {
        return BY_NAME.get(name);
    }

    /** The format of the stream that this one's vendor sends instead, where that has a name of its own; else null. */
    public static @Nullable UsageFormat streamOf(UsageFormat format) {
        String name = format.name();
        return format.isStream()
                ? null
                : BY_NAME.get(
                        name.equals("gemini.generateContent") ? "gemini.streamGenerateContent" : name + ".stream");
    }

    /** Why an array can't be this format's body: what is in it would be one call's, and the rest be lost. Null: it can. */
    public static @Nullable String objectionToArray(UsageFormat format) {
        UsageFormat streamed = streamOf(format);
        if (streamed != null) {
            return format.name() + " is one body; a stream's chunks have a format of their own, " + streamed.name();
        }
        return ONE_BODY.contains(format.name()) ? format.name() + " is one body; send each call by itself" : null;
    }

    /** All names, for a message. */
    public static String names() {
        return String.join(", ", BY_NAME.keySet());
    }

    /** In the order of the documentation. */
    public static List<UsageFormat> all() {
        return List.copyOf(BY_NAME.values());
    }
}
