package io.tollgate.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTest {

    @ParameterizedTest
    @CsvSource({
        "openai,,openai,",
        "OpenAI,,openai,",
        "openai.chat,,openai,",
        "openai.responses,,openai,",
        "anthropic.messages,,anthropic,",
        "azure.ai.openai,,azure,",
        "az.ai.openai,,azure,",
        "azure-openai.chat,,azure,",
        "azure.ai.inference,,azure_ai,",
        "aws.bedrock,,bedrock,",
        "amazon-bedrock,,bedrock,",
        "gcp.gemini,,gemini,",
        "gcp.gen_ai,,gemini,",
        "google.generative-ai,,gemini,",
        "gcp.vertex_ai,,vertex_ai,",
        "google.vertex.chat,,vertex_ai,",
        "vertex.anthropic.messages,,vertex_ai,",
        "mistral_ai,,mistral,",
        "x_ai,,xai,",
        "xai.chat,,xai,",
        "deepseek,,deepseek,",
        "groq,,groq,",
        "perplexity,,perplexity,",
        "moonshot_ai,,moonshot,",
        "my.own.thing,,my.own.thing,",
        ",,,",
        ",api.openai.com,openai,",
        "openai,eu.api.openai.com,openai,eu",
        "openai,127.0.0.1,openai,",
        "openai,api.deepseek.com,deepseek,",
        "openai,https://openrouter.ai/api/v1,openrouter,",
        "openai,acme.openai.azure.com,azure,",
        "openai,https://acme.openai.azure.com:443/openai?x=1,azure,",
        "anthropic,bedrock-runtime.eu-central-1.amazonaws.com,bedrock,eu-central-1",
        "gcp.gen_ai,us-central1-aiplatform.googleapis.com,vertex_ai,us-central1",
        "gcp.gen_ai,aiplatform.googleapis.com,vertex_ai,",
        "gcp.vertex_ai,generativelanguage.googleapis.com,gemini,",
        "openai,bedrock-runtime.amazonaws.com,openai,",
        "openai,.,openai,",
        "openai,://,openai,",
    })
    void whoWasCalledIsToldByTheHostElseByTheName(
            @Nullable String stated, @Nullable String address, @Nullable String name, @Nullable String region) {
        assertThat(Provider.of(stated, address)).isEqualTo(new Provider(name, region));
    }
}
