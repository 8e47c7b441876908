package io.tollgate.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LitellmCallTest {

    @Test
    void aCallThroughTheProxyIsWholly() {
        LitellmCall call =
                LitellmCall.of(LitellmLogs.kept(LitellmLogs.named("openai").toString()));

        assertThat(call.id()).isEqualTo("chatcmpl-openai0123456789abcdef");
        assertThat(call.provider()).isEqualTo("openai");
        assertThat(call.model()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(call.requestModel()).isEqualTo("gpt-4o");
        assertThat(call.operation()).isEqualTo("chat");
        assertThat(call.user()).isEqualTo("end-user-7");
        assertThat(call.labels())
                .isEqualTo(Map.of("team", "search", "key", "search-prod", "env", "prod", "tags", "nightly"));
        assertThat(call.status()).isEqualTo(200);
        assertThat(call.isCacheHit()).isFalse();
        assertThat(call.time()).isEqualTo("2026-11-21T09:59:50.500Z");
        assertThat(call.latencyMs()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "openai,             gpt-4o-2024-08-06,                             gpt-4o,            200, false",
                "azure,              gpt-4o-2024-08-06,                             my-deployment,     200, false",
                "anthropic,          claude-sonnet-4-5-20250929,                    claude-sonnet-4-5, 200, false",
                "bedrock,            us.anthropic.claude-sonnet-4-5-20250929-v1:0,  -,                 200, false",
                "image-tokens,       gpt-image-1,                                   -,                 200, false",
                "failure,            gpt-4o,                                        -,                 429, false",
                "cache-hit,          gpt-4o-2024-08-06,                             gpt-4o,            200, true",
            })
    void modelStatusAndCache(String name, String model, String asked, int status, boolean isCacheHit) {
        LitellmCall call =
                LitellmCall.of(LitellmLogs.kept(LitellmLogs.named(name).toString()));

        assertThat(call.model()).isEqualTo(model);
        assertThat(call.requestModel()).isEqualTo(asked);
        assertThat(call.status()).isEqualTo(status);
        assertThat(call.isCacheHit()).isEqualTo(isCacheHit);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'\"id\":\"chatcmpl-0123456789abcdef\",\"litellm_call_id\":\"own-1\"', chatcmpl-0123456789abcdef",
                "'\"id\":\"chatcmpl-417\",\"litellm_call_id\":\"own-1\"',              chatcmpl-417/own-1",
                "'\"id\":\"own-1\",\"litellm_call_id\":\"own-1\"',                     own-1",
                "'\"id\":\"chatcmpl-417\"',                                            chatcmpl-417",
                "'\"id\":\"None\",\"litellm_call_id\":\"own-1\"',                      own-1",
                "'\"id\":null,\"litellm_call_id\":\"own-1\"',                          own-1",
                "'\"id\":\"None\"',                                                    -",
                "'\"id\":\"None\",\"litellm_call_id\":\"None\"',                       -",
                "'\"id\":\"null\"',                                                    -",
                "'\"id\":null',                                                        -",
                "'\"id\":\" \"',                                                       -",
                "'\"id\":7',                                                           -",
                "'\"x\":7',                                                            -",
            })
    void anIdThatTellsNothingApartIsNone(String members, String id) {
        assertThat(of(members).id()).isEqualTo(id);
    }

    @Test
    void anIdThatIsTooLongGivesWayToLitellms() {
        assertThat(of("\"id\":\"" + "x".repeat(257) + "\",\"litellm_call_id\":\"own-1\"")
                        .id())
                .isEqualTo("own-1");
    }

    @Test
    void anAliasThatTheProxyAnswersByIsNotTheModel() {
        LitellmCall call =
                of("\"custom_llm_provider\":\"openai\",\"model\":\"openai/gpt-4o\",\"model_group\":\"smart\","
                        + "\"response\":{\"model\":\"smart\"}");

        assertThat(call.model()).isEqualTo("gpt-4o");
        assertThat(call.requestModel()).isEqualTo("smart");
    }

    @ParameterizedTest
    @CsvSource({
        "vertex_ai_beta,vertex_ai",
        "bedrock_converse,bedrock",
        "cohere_chat,cohere",
        "text-completion-openai,openai",
        "groq,groq"
    })
    void doorsToTheSameProviderHaveItsName(String litellms, String ours) {
        assertThat(of("\"custom_llm_provider\":\"" + litellms + "\"").provider())
                .isEqualTo(ours);
    }

    @Test
    void whatIsNoTimeIsLeftAsItCame() {
        assertThat(of("\"endTime\":1e300").time()).isEqualTo("1E+300");
        assertThat(of("\"endTime\":-5").time()).isEqualTo("-5");
        assertThat(of("\"endTime\":\"2026-11-21T10:00:00Z\"").time()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(of("\"endTime\":\"1795255190.5\"").time()).isEqualTo("2026-11-21T09:59:50.500Z");
        assertThat(of("\"endTime\":null").time()).isNull();
    }

    @Test
    void tagsWithAValueAreLabelsAndTheOthersAreOne() {
        LitellmCall call = of(
                "\"request_tags\":[\"a\",\"b\",\"env:prod\",\"url=http://x:1\",\"env:later\",\":x\",7,\"User-Agent: curl\"]");

        assertThat(call.labels()).isEqualTo(Map.of("tags", "a,b,:x", "env", "prod", "url", "http://x:1"));
    }

    private static LitellmCall of(String members) {
        return LitellmCall.of(LitellmLogs.kept("{" + members + "}"));
    }
}
