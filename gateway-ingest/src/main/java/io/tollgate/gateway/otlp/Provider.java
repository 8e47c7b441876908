package io.tollgate.gateway.otlp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who was called, in this project's words. An instrumentation often names the library that called, which may have been
 * pointed at another vendor: where the host is known, it decides.
 *
 * @param region that the host's name tells
 */
record Provider(@Nullable String name, @Nullable String region) {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("azure", "azure"),
            Map.entry("azure.ai.openai", "azure"),
            Map.entry("az.ai.openai", "azure"),
            Map.entry("azure.openai", "azure"),
            Map.entry("azure-openai", "azure"),
            Map.entry("azure_openai", "azure"),
            Map.entry("azure.ai.inference", "azure_ai"),
            Map.entry("az.ai.inference", "azure_ai"),
            Map.entry("aws.bedrock", "bedrock"),
            Map.entry("aws_bedrock", "bedrock"),
            Map.entry("amazon-bedrock", "bedrock"),
            Map.entry("amazon_bedrock", "bedrock"),
            Map.entry("aws", "bedrock"),
            Map.entry("gcp.gemini", "gemini"),
            Map.entry("gcp.gen_ai", "gemini"),
            Map.entry("google", "gemini"),
            Map.entry("google-genai", "gemini"),
            Map.entry("google_genai", "gemini"),
            Map.entry("gcp.vertex_ai", "vertex_ai"),
            Map.entry("vertex", "vertex_ai"),
            Map.entry("vertexai", "vertex_ai"),
            Map.entry("google.vertex", "vertex_ai"),
            Map.entry("google-vertex", "vertex_ai"),
            Map.entry("mistral_ai", "mistral"),
            Map.entry("mistralai", "mistral"),
            Map.entry("x_ai", "xai"),
            Map.entry("moonshot_ai", "moonshot"),
            Map.entry("moonshotai", "moonshot"),
            Map.entry("ibm.watsonx.ai", "watsonx"),
            Map.entry("together", "together_ai"),
            Map.entry("togetherai", "together_ai"),
            Map.entry("fireworks", "fireworks_ai"));
    /** The Vercel AI SDK's names go on with the kind of API: {@code openai.chat}, {@code anthropic.messages}. */
    private static final List<String> WITH_API =
            List.of("openai", "anthropic", "cohere", "mistral", "groq", "deepseek", "xai", "perplexity", "openrouter");

    private static final Map<String, String> HOSTS = Map.ofEntries(
            Map.entry("api.openai.com", "openai"),
            Map.entry("openai.azure.com", "azure"),
            Map.entry("api.anthropic.com", "anthropic"),
            Map.entry("generativelanguage.googleapis.com", "gemini"),
            Map.entry("api.deepseek.com", "deepseek"),
            Map.entry("openrouter.ai", "openrouter"),
            Map.entry("api.groq.com", "groq"),
            Map.entry("api.x.ai", "xai"),
            Map.entry("api.mistral.ai", "mistral"),
            Map.entry("api.perplexity.ai", "perplexity"),
            Map.entry("api.cohere.com", "cohere"),
            Map.entry("api.cohere.ai", "cohere"),
            Map.entry("api.together.xyz", "together_ai"),
            Map.entry("api.fireworks.ai", "fireworks_ai"),
            Map.entry("api.moonshot.ai", "moonshot"));

    private static final String VERTEX = "aiplatform.googleapis.com";
    private static final String BEDROCK = "bedrock-runtime.";
    private static final String AMAZON = ".amazonaws.com";
    private static final String OPENAI = ".api.openai.com";

    /**
     * By what a span says.
     *
     * @param stated as the instrumentation calls the vendor
     * @param address a host, or the URL that was called
     */
    static Provider of(@Nullable String stated, @Nullable String address) {
        String host = address == null ? "" : host(address.toLowerCase(Locale.ROOT));
        if (host.endsWith(VERTEX)) {
            String place = host.substring(0, host.length() - VERTEX.length());
            return new Provider("vertex_ai", place.endsWith("-") ? place.substring(0, place.length() - 1) : null);
        }
        if (host.startsWith(BEDROCK) && host.endsWith(AMAZON) && host.length() > BEDROCK.length() + AMAZON.length()) {
            return new Provider("bedrock", host.substring(BEDROCK.length(), host.length() - AMAZON.length()));
        }
        String region = host.endsWith(OPENAI) ? host.substring(0, host.length() - OPENAI.length()) : null;
        return new Provider(byHost(host, stated), region);
    }

    private static @Nullable String byHost(String host, @Nullable String stated) {
        for (String name = host; !name.isEmpty(); name = name.substring(name.indexOf('.') + 1)) {
            String known = HOSTS.get(name);
            if (known != null) {
                return known;
            }
            if (name.indexOf('.') < 0) {
                break;
            }
        }
        return stated == null ? null : byName(stated.toLowerCase(Locale.ROOT));
    }

    private static String byName(String stated) {
        for (String name = stated; ; name = name.substring(0, name.lastIndexOf('.'))) {
            String known = WITH_API.contains(name) ? name : NAMES.get(name);
            if (known != null) {
                return known;
            }
            if (name.lastIndexOf('.') < 0) {
                return stated;
            }
        }
    }

    private static String host(String address) {
        int scheme = address.indexOf("://");
        String rest = scheme < 0 ? address : address.substring(scheme + 3);
        int end = 0;
        while (end < rest.length() && "/:?".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end);
    }
}
