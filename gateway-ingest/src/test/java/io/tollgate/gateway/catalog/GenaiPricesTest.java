package io.tollgate.gateway.catalog;

import static io.tollgate.gateway.catalog.Entries.genai;
import static io.tollgate.gateway.catalog.Entries.prices;
import static io.tollgate.gateway.catalog.Entries.remarks;
import static io.tollgate.gateway.catalog.Entries.taken;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.admin.Times;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenaiPricesTest {
    @Test
    void aPriceOfAMillionTokensBecomesThatOfOneExactly() {
        assertThat(prices(genai("openai", model("m", "{'input_mtok':0.075,'output_mtok':0.08333333333333334}"))
                        .get(0)))
                .containsExactly("openai m input token 0.000000075", "openai m output token 0.00000008333333333333334");
    }

    @Test
    void tiersAreCliffsAboveTheirStart() {
        String tiers = "{'input_mtok':{'base':1,'tiers':[{'start':200000,'price':2}]}}";
        assertThat(prices(genai("google", model("gemini-x", tiers)).get(0)))
                .containsExactly(
                        "gemini gemini-x input token 0.000001", "gemini gemini-x input token 0.000002 above 200000");
        assertThat(prices(genai("x-ai", model("grok", tiers)).get(0)).get(1)).endsWith("from 200000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'cache_read_mtok':1        | cache_read token 0.000001",
                "'cache_audio_read_mtok':1  | cache_read_audio token 0.000001",
                "'cache_image_read_mtok':1  | cache_read_image token 0.000001",
                "'input_video_mtok':1       | input_video token 0.000001",
                "'output_reasoning_mtok':3  | reasoning token 0.000003",
                "'output_citation_mtok':2   | citation token 0.000002",
                "'cache_write_mtok':1.25    | cache_write token 0.00000125",
                "'web_searches_kcount':10   | web_search_call query 0.01",
                "'requests_kcount':12       | request request 0.012",
            })
    void everyKindOfPriceHasItsDimension(String member, String price) {
        assertThat(prices(genai("openai", model("m", "{" + member + "}")).get(0)))
                .containsExactly("openai m " + price);
    }

    @ParameterizedTest
    @CsvSource({
        "aws, anthropic.claude-x, bedrock", "google, gemini-x, gemini", "google, claude-x, vertex_ai",
                "x-ai, grok, xai",
        "together, m, together_ai", "moonshotai, kimi, moonshot", "fireworks, m, fireworks_ai", "voyageai, m, voyage",
        "mistral, m, mistral"
    })
    void vendorsHaveTheNamesOfTheFormats(String theirs, String model, String ours) {
        assertThat(genai(theirs, model(model, "{'input_mtok':1}")).get(0).provider())
                .isEqualTo(ours);
    }

    @Test
    void aModelGoesInUnderEveryNameThatIsItsOwnAndNoOthers() {
        List<Verdict> verdicts = genai(
                "openai",
                "{'id':'gpt-4o-mini','match':{'starts_with':'gpt-4o-mini'},'prices':{'input_mtok':0.15}},"
                        + "{'id':'gpt-4o','match':{'or':[{'starts_with':'gpt-4o'},{'equals':'gpt-4o-mini-fake'},"
                        + "{'equals':'chatgpt-4o'}]},'prices':{'input_mtok':2.5}}");
        assertThat(prices(verdicts.get(0))).containsExactly("openai gpt-4o-mini input token 0.00000015");
        assertThat(prices(verdicts.get(1)))
                .containsExactly("openai gpt-4o input token 0.0000025", "openai chatgpt-4o input token 0.0000025");
    }

    @Test
    void aModelWhoseNamesAreAllAnothersIsSkipped() {
        assertThat(genai(
                                "openai",
                                "{'id':'a','match':{'contains':'gpt'},'prices':{'input_mtok':1}},"
                                        + "{'id':'gpt-b','match':{'equals':'gpt-b'},'prices':{'input_mtok':2}}")
                        .get(1))
                .isInstanceOfSatisfying(Verdict.Skipped.class, skipped -> assertThat(skipped.code())
                        .isEqualTo("shadowed"));
    }

    @Test
    void aRegionalPriceOfBedrockIsThatOfEveryProfile() {
        List<Verdict> verdicts = genai(
                "aws",
                "{'id':'regional.anthropic.claude-x-v1:0','match':{'or':[{'contains':'us.anthropic.claude-x'},"
                        + "{'contains':'eu.anthropic.claude-x'},{'starts_with':'anthropic.claude-x'}]},"
                        + "'prices':{'input_mtok':3.3}},"
                        + "{'id':'global.anthropic.claude-x-v1:0','match':{'contains':'global.anthropic.claude-x'},"
                        + "'prices':{'input_mtok':3}}");
        assertThat(prices(verdicts.get(0)))
                .contains("bedrock us.anthropic.claude-x-v1:0 input token 0.0000033")
                .contains("bedrock eu.anthropic.claude-x-v1:0 input token 0.0000033")
                .contains("bedrock anthropic.claude-x-v1:0 input token 0.0000033")
                .noneMatch(text -> text.contains("jp.") || text.contains("regional."));
        assertThat(prices(verdicts.get(1))).contains("bedrock global.anthropic.claude-x-v1:0 input token 0.000003");
    }

    @Test
    void aDatedPriceBeginsOnItsDateAndEndsTheOneBefore() {
        List<CataloguePrice> prices = taken(genai(
                                "openai",
                                model(
                                        "luna",
                                        "[{'prices':{'input_mtok':1}},{'constraint':{'start_date':'2026-07-30'},"
                                                + "'prices':{'input_mtok':0.2}}]"))
                        .get(0))
                .prices();
        assertThat(prices.get(0).from()).isNull();
        assertThat(prices.get(0).until()).isEqualTo(prices.get(1).from()).isNotNull();
        assertThat(Times.text(Objects.requireNonNull(prices.get(1).from()))).isEqualTo("2026-07-30T00:00:00Z");
    }

    @Test
    void aTimeOfDayIsAWindow() {
        assertThat(prices(genai(
                                "deepseek",
                                model(
                                        "deepseek-chat",
                                        "[{'prices':{'input_mtok':0.135}},{'constraint':{'start_time':'00:30:00Z',"
                                                + "'end_time':'16:30:00Z'},'prices':{'input_mtok':0.27}}]"))
                        .get(0)))
                .containsExactly(
                        "deepseek deepseek-chat input token 0.000000135",
                        "deepseek deepseek-chat input token 0.00000027 00:30-16:30");
    }

    @Test
    void whatIsNotUnderstoodIsLeftOutAndSaid() {
        Verdict verdict = genai(
                        "openai",
                        model(
                                "m",
                                "[{'prices':{'input_mtok':1,'moon_mtok':1}},"
                                        + "{'constraint':{'moon':'full'},'prices':{'input_mtok':9}}]"))
                .get(0);
        assertThat(prices(verdict)).containsExactly("openai m input token 0.000001");
        assertThat(remarks(verdict))
                .containsExactly("LEFT_OUT unknown_key moon_mtok", "LEFT_OUT unknown_constraint constraint");
        assertThat(genai("openai", model("m", "{'input_mtok':15000}")).get(0)).isInstanceOf(Verdict.Quarantined.class);
        assertThat(genai("openai", model("m", "{}")).get(0)).isInstanceOf(Verdict.Skipped.class);
    }

    private static String model(String id, String prices) {
        return "{'id':'" + id + "','match':{'equals':'" + id + "'},'prices':" + prices + "}";
    }
}
