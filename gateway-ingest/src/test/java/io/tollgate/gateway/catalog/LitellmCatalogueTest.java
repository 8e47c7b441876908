package io.tollgate.gateway.catalog;

import static io.tollgate.gateway.catalog.Entries.litellm;
import static io.tollgate.gateway.catalog.Entries.prices;
import static io.tollgate.gateway.catalog.Entries.remarks;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LitellmCatalogueTest {
    private static final String CHAT = "'litellm_provider':'openai','mode':'chat',";

    @Test
    void numbersComeFromTheirTextWithEveryDigit() {
        assertThat(prices(litellm(
                        "m",
                        CHAT + "'input_cost_per_token':2.5e-06,'output_cost_per_token':'3e-7',"
                                + "'output_cost_per_reasoning_token':0.0000029999900000000002")))
                .containsExactly(
                        "openai m input token 0.0000025",
                        "openai m output token 0.0000003",
                        "openai m reasoning token 0.0000029999900000000002");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "input_cost_per_token                                        | input_cost_per_token            | false | 0      | standard",
                "input_cost_per_token_batches                                | input_cost_per_token            | false | 0      | batch",
                "cache_read_input_token_cost_flex                            | cache_read_input_token_cost     | false | 0      | flex",
                "input_cost_per_token_above_200k_tokens                      | input_cost_per_token            | false | 200000 | standard",
                "input_cost_per_token_above_272k_tokens_priority             | input_cost_per_token            | false | 272000 | priority",
                "cache_creation_input_token_cost_above_1hr                   | cache_creation_input_token_cost | true  | 0      | standard",
                "cache_creation_input_token_cost_above_1hr_above_200k_tokens | cache_creation_input_token_cost | true  | 200000 | standard",
                "input_cost_per_video_per_second_above_8s_interval           | input_cost_per_video_per_second_above_8s_interval | false | 0 | standard",
            })
    void keysAreTakenApart(String key, String base, boolean oneHour, long tierFrom, String serviceTier) {
        assertThat(LitellmKey.of(key)).isEqualTo(new LitellmKey(base, oneHour, tierFrom, serviceTier));
    }

    @Test
    void everyTierOfContextAndServiceIsALadderOfItsOwn() {
        assertThat(prices(litellm(
                        "m",
                        CHAT + "'input_cost_per_token':1e-6,'input_cost_per_token_above_272k_tokens':2e-6,"
                                + "'input_cost_per_token_batches':5e-7,'input_cost_per_token_priority':2e-6,"
                                + "'input_cost_per_token_above_272k_tokens_priority':4e-6")))
                .containsExactly(
                        "openai m input token 0.000001",
                        "openai m input token 0.000002 above 272000",
                        "openai m input token 0.0000005 batch",
                        "openai m input token 0.000002 priority",
                        "openai m input token 0.000004 above 272000 priority");
    }

    @Test
    void xaisTiersBeginWithTheirLimit() {
        assertThat(
                        prices(
                                litellm(
                                        "xai/grok-4.3",
                                        "'litellm_provider':'xai','input_cost_per_token':1e-6,'input_cost_per_token_above_200k_tokens':2e-6")))
                .containsExactly("xai grok-4.3 input token 0.000001", "xai grok-4.3 input token 0.000002 from 200000");
    }

    @Test
    void aListOfTiersBeginsEachWhereTheLastEnds() {
        assertThat(
                        prices(
                                litellm(
                                        "dashscope/qwen3",
                                        "'litellm_provider':'dashscope','mode':'chat','tiered_pricing':["
                                                + "{'range':[0,32000.0],'input_cost_per_token':1e-6,'cache_read_input_token_cost':1e-7},"
                                                + "{'range':[32000.0,128000.0],'input_cost_per_token':2e-6,'cache_read_input_token_cost':2e-7}]")))
                .containsExactly(
                        "dashscope qwen3 input token 0.000001",
                        "dashscope qwen3 cache_read token 0.0000001",
                        "dashscope qwen3 input token 0.000002 above 32000",
                        "dashscope qwen3 cache_read token 0.0000002 above 32000");
    }

    @Test
    void tiersByTheNumberOfResultsAreNoTiersOfTokens() {
        assertThat(litellm(
                        "exa_ai/search",
                        "'litellm_provider':'exa_ai','mode':'search','tiered_pricing':["
                                + "{'max_results_range':[0,25],'input_cost_per_query':0.005}]"))
                .isInstanceOfSatisfying(Verdict.Skipped.class, skipped -> assertThat(skipped.code())
                        .isEqualTo("unknown_tier"));
    }

    @Test
    void claudesWritesToTheCacheArePricedByTheirLife() {
        assertThat(
                        prices(
                                litellm(
                                        "claude-sonnet-4-5",
                                        "'litellm_provider':'anthropic','mode':'chat','input_cost_per_token':3e-6,"
                                                + "'cache_creation_input_token_cost':3.75e-6,'cache_creation_input_token_cost_above_1hr':6e-6")))
                .containsExactly(
                        "anthropic claude-sonnet-4-5 input token 0.000003",
                        "anthropic claude-sonnet-4-5 cache_write_5m token 0.00000375",
                        "anthropic claude-sonnet-4-5 cache_write token 0.00000375",
                        "anthropic claude-sonnet-4-5 cache_write_1h token 0.000006");
    }

    @Test
    void aWriteBelowTheInputIsAReadThatIsMisplacedAtOpenAiAndAzure() {
        Verdict verdict = litellm(
                "azure/eu/gpt-4o-2024-11-20",
                "'litellm_provider':'azure','mode':'chat','input_cost_per_token':2.75e-6,"
                        + "'cache_creation_input_token_cost':1.38e-6");
        assertThat(prices(verdict))
                .containsExactly(
                        "azure gpt-4o-2024-11-20 input token 0.00000275 region=eu",
                        "azure gpt-4o-2024-11-20 cache_read token 0.00000138 region=eu");
        assertThat(remarks(verdict)).containsExactly("MAPPED misplaced cache_creation_input_token_cost");
        assertThat(
                        remarks(
                                litellm(
                                        "claude-x",
                                        "'litellm_provider':'anthropic','input_cost_per_token':3e-6,'cache_creation_input_token_cost':1e-6")))
                .containsExactly("QUARANTINED cache_write_ratio cache_creation_input_token_cost");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'input_cost_per_token':0.001                                                        | ",
                "'cache_creation_input_token_cost':1.2e-6                                            | ",
                "'cache_creation_input_token_cost':1.4e-6                                            | cache_write_ratio cache_creation_input_token_cost",
                "'cache_creation_input_token_cost_above_1hr':2e-6                                    | ",
                "'cache_creation_input_token_cost_above_1hr':6e-6                                    | cache_write_1h_ratio cache_creation_input_token_cost_above_1hr",
                "'input_cost_per_token_batches':5e-7                                                 | ",
                "'input_cost_per_token_batches':9e-8                                                 | batch_ratio input_cost_per_token_batches",
                "'output_cost_per_token':-1                                                          | negative output_cost_per_token",
                "'output_cost_per_token':1e-25                                                       | too_many_decimals output_cost_per_token",
                "'output_cost_per_token':'dear'                                                      | no_number output_cost_per_token",
                "'output_cost_per_token':1e999999999                                                 | no_number output_cost_per_token",
            })
    void aPriceOutOfProportionIsQuarantinedAndTheOthersGoIn(String price, String reason) {
        String input = price.contains("input_cost_per_token'") ? "" : "'input_cost_per_token':1e-6,";
        Verdict verdict = litellm("claude-m", "'litellm_provider':'anthropic'," + input + price);
        assertThat(remarks(verdict)).isEqualTo(reason == null ? List.of() : List.of("QUARANTINED " + reason));
        assertThat(prices(verdict)).anyMatch(text -> text.startsWith("anthropic claude-m input token"));
    }

    @Test
    void aTokenForMoreThanAThousandthOfADollarCondemnsItsEntry() {
        assertThat(litellm(
                        "wandb/openai/gpt-oss-120b",
                        "'litellm_provider':'wandb','input_cost_per_token':0.015,'output_cost_per_token':0.06"))
                .isInstanceOfSatisfying(Verdict.Quarantined.class, quarantined -> {
                    assertThat(quarantined.code()).isEqualTo("unit_error");
                    assertThat(quarantined.detail()).contains("input_cost_per_token is 0.015");
                });
        assertThat(litellm("o1-pro", CHAT + "'input_cost_per_token':0.00015,'output_cost_per_token':0.0006"))
                .isInstanceOf(Verdict.Taken.class);
    }

    @Test
    void aTierWithoutAPriceBelowItIsLeftOut() {
        assertThat(remarks(litellm(
                        "gemini-2.5-pro",
                        "'litellm_provider':'vertex_ai-language-models','input_cost_per_token':1.25e-6,"
                                + "'input_cost_per_token_above_200k_tokens':2.5e-6,"
                                + "'cache_creation_input_token_cost_above_200k_tokens':2.5e-7")))
                .containsExactly("LEFT_OUT tier_without_base cache_creation_input_token_cost_above_200k_tokens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sample_spec               | 'litellm_provider':'one of'                              | not_a_model",
                "fallback_generalizations  | 'rules':[]                                               | not_a_model",
                "m                         | 'input_cost_per_token':1e-6                              | no_provider",
                "github_copilot/gpt-4o     | 'litellm_provider':'github_copilot','mode':'chat'        | no_price",
                "ollama/llama3.1           | 'litellm_provider':'ollama','input_cost_per_token':0.0   | only_zeros",
                "bedrock/*/1-month-commitment/cohere.command-text-v14 | 'litellm_provider':'bedrock','input_cost_per_second':0.011 | commitment",
                "databricks/x              | 'litellm_provider':'databricks','input_dbu_cost_per_token':1e-6 | other_currency",
            })
    void whatIsNoPriceIsSkippedAndSaysWhy(String key, String members, String code) {
        assertThat(litellm(key, members))
                .isInstanceOfSatisfying(Verdict.Skipped.class, skipped -> assertThat(skipped.code())
                        .isEqualTo(code));
    }

    @Test
    void aZeroBesidePricesIsLeftOut() {
        assertThat(prices(litellm(
                        "text-embedding-3-small",
                        "'litellm_provider':'openai','mode':'embedding','input_cost_per_token':2e-8,'output_cost_per_token':0.0,"
                                + "'output_cost_per_pixel':0.0")))
                .containsExactly("openai text-embedding-3-small input token 0.00000002");
    }

    @Test
    void whatACatalogueLearnsLaterIsNotLostInSilence() {
        assertThat(remarks(litellm("m", CHAT + "'input_cost_per_token':1e-6,'off_peak_pricing':{'input':5e-7}")))
                .containsExactly("LEFT_OUT unknown_key off_peak_pricing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gpt-4o                                      | openai                    | openai       | gpt-4o                         |           |",
                "openai/sora-2                               | openai                    | openai       | sora-2                         |           |",
                "azure/gpt-4o                                | azure                     | azure        | gpt-4o                         |           |",
                "azure/us/gpt-4o                             | azure                     | azure        | gpt-4o                         | us        |",
                "azure/global-standard/gpt-4o                | azure                     | azure        | gpt-4o                         | global    |",
                "azure/hd/1024-x-1792/dall-e-3               | azure                     | azure        | dall-e-3                       |           | hd/1024x1792",
                "256-x-256/dall-e-2                          | openai                    | openai       | dall-e-2                       |           | 256x256",
                "bedrock/us-east-1/anthropic.claude-v2:1     | bedrock                   | bedrock      | anthropic.claude-v2:1          | us-east-1 |",
                "bedrock/us-gov-west-1/amazon.nova-pro-v1:0  | bedrock                   | bedrock      | amazon.nova-pro-v1:0           | us-gov-west-1 |",
                "bedrock/invoke/anthropic.claude-3           | bedrock                   | bedrock      | anthropic.claude-3             |           |",
                "us.anthropic.claude-sonnet-4-5-v1:0         | bedrock_converse          | bedrock      | us.anthropic.claude-sonnet-4-5-v1:0 |      |",
                "1024-x-1024/50-steps/bedrock/amazon.nova-canvas-v1:0 | bedrock          | bedrock      | amazon.nova-canvas-v1:0        |           | 1024x1024/50-steps",
                "bedrock_mantle/openai.gpt-5.5               | bedrock_mantle            | bedrock      | openai.gpt-5.5                 |           |",
                "vertex_ai/claude-opus-4-1@20250805          | vertex_ai-anthropic_models| vertex_ai    | claude-opus-4-1@20250805       |           |",
                "gemini-2.5-pro                              | vertex_ai-language-models | vertex_ai    | gemini-2.5-pro                 |           |",
                "gemini/gemini-2.5-pro                       | gemini                    | gemini       | gemini-2.5-pro                 |           |",
                "command-r                                   | cohere_chat               | cohere       | command-r                      |           |",
                "openrouter/openai/gpt-4o                    | openrouter                | openrouter   | openai/gpt-4o                  |           |",
                "fireworks_ai/accounts/fireworks/models/x    | fireworks_ai              | fireworks_ai | accounts/fireworks/models/x    |           |",
                "amazon-nova/nova-lite-v1                    | amazon_nova               | amazon_nova  | nova-lite-v1                   |           |",
                "mistral/mistral-large-latest                | mistral                   | mistral      | mistral-large-latest           |           |",
            })
    void namesComeApartIntoProviderModelRegionAndVariant(
            String key, String litellmProvider, String provider, String model, String region, String variant) {
        assertThat(LitellmName.of(key, litellmProvider)).isEqualTo(new ModelPlace(provider, model, region, variant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'mode':'audio_transcription','input_cost_per_second':1e-4,'output_cost_per_second':1e-4 | audio_second second 0.0001",
                "'mode':'audio_transcription','output_cost_per_second':2e-5  | audio_second second 0.00002",
                "'mode':'audio_speech','output_cost_per_second':2e-4         | output_audio_second second 0.0002",
                "'mode':'video_generation','output_cost_per_second':0.4      | video_second second 0.4",
                "'mode':'video_generation','output_cost_per_video_per_second':0.1 | video_second second 0.1",
                "'mode':'video_generation','output_cost_per_second_1080p':0.6 | video_second second 0.6 variant=1080p",
                "'mode':'chat','input_cost_per_second':0.00042               | compute_second second 0.00042",
                "'mode':'image_generation','input_cost_per_image':0.04       | image image 0.04",
                "'mode':'image_generation','output_cost_per_image':0.04      | image image 0.04",
                "'mode':'embedding','input_cost_per_image':0.0001            | image_in image 0.0001",
                "'mode':'realtime','input_cost_per_image':5e-06              | input_image token 0.000005",
                "'mode':'chat','output_cost_per_image':0.00012               | output_image token 0.00012",
                "'mode':'image_generation','input_cost_per_pixel':1.9e-08    | pixel_in pixel 0.000000019",
                "'mode':'rerank','input_cost_per_query':0.002                | search_unit query 0.002",
                "'mode':'search','input_cost_per_query':0.005                | search_query query 0.005",
                "'mode':'ocr','ocr_cost_per_page':0.001                      | page page 0.001",
                "'mode':'ocr','annotation_cost_per_page':0.003               | annotated_page page 0.003",
                "'mode':'audio_speech','input_cost_per_character':1.5e-05    | input_character character 0.000015",
                "'mode':'chat','code_interpreter_cost_per_session':0.03      | code_interpreter_session session 0.03",
                "'mode':'chat','citation_cost_per_token':2e-06               | citation token 0.000002",
                "'mode':'chat','input_cost_per_token_cache_hit':2e-08        | cache_read token 0.00000002",
                "'mode':'chat','input_cost_per_token_cache_hit':2e-08,'cache_read_input_token_cost':2e-08 | cache_read token 0.00000002",
            })
    void otherUnitsAreWhatTheFormatsCount(String members, String price) {
        assertThat(prices(litellm("p/m", "'litellm_provider':'p'," + members))).containsExactly("p m " + price);
    }

    @Test
    void regionsAndSpeedsAreFactorsThatCombine() {
        assertThat(prices(litellm(
                        "claude-opus-4-6",
                        "'litellm_provider':'anthropic','input_cost_per_token':5e-6,"
                                + "'provider_specific_entry':{'us':1.1,'fast':6.0,'bedrock_invocation_schema':'x'}")))
                .contains("anthropic claude-opus-4-6 *token x1.1 {region=us}")
                .contains("anthropic claude-opus-4-6 *token x6 {speed=fast}")
                .hasSize(3);
        assertThat(prices(litellm(
                        "gpt-5.6",
                        CHAT + "'input_cost_per_token':5e-6,'regional_processing_uplift_multiplier_eu':1.1")))
                .contains("openai gpt-5.6 *token x1.1 {region=eu}");
    }

    @Test
    void aSearchIsPricedByItsContextWhereThatMakesADifference() {
        String sizes = "'search_context_cost_per_query':{'search_context_size_low':%s,'search_context_size_medium':%s,"
                + "'search_context_size_high':%s}";
        assertThat(prices(litellm("gpt-4o-search", CHAT + sizes.formatted("0.03", "0.035", "0.05"))))
                .containsExactlyInAnyOrder(
                        "openai gpt-4o-search web_search_call query 0.03 variant=low",
                        "openai gpt-4o-search web_search_call query 0.035 variant=medium",
                        "openai gpt-4o-search web_search_call query 0.05 variant=high");
        assertThat(prices(litellm(
                        "claude-x", "'litellm_provider':'anthropic'," + sizes.formatted("0.01", "0.01", "0.01"))))
                .containsExactly("anthropic claude-x web_search_call query 0.01");
        assertThat(prices(litellm(
                        "gemini/gemini-2.5-flash",
                        "'litellm_provider':'gemini'," + sizes.formatted("0.035", "0.035", "0.035"))))
                .containsExactly("gemini gemini-2.5-flash grounding_request request 0.035");
        assertThat(prices(litellm(
                        "gemini/gemini-3-pro",
                        "'litellm_provider':'gemini','web_search_billing_unit':'per_query',"
                                + sizes.formatted("0.014", "0.014", "0.014"))))
                .containsExactly("gemini gemini-3-pro grounding_query query 0.014");
        assertThat(prices(litellm(
                        "perplexity/sonar",
                        "'litellm_provider':'perplexity'," + sizes.formatted("0.005", "0.008", "0.012"))))
                .contains("perplexity sonar request request 0.012 variant=high");
    }
}
