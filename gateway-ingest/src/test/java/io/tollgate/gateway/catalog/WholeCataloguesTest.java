package io.tollgate.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.pricing.PriceItemRules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The catalogues as they were on 2026-08-01, where they lie beside the project. */
class WholeCataloguesTest {
    @Test
    void theSixteenUnitErrorsOfLitellmAreQuarantinedAndNothingElse() throws IOException {
        List<Verdict> verdicts = Catalogue.LITELLM.read(SharedCatalogues.tree(SharedCatalogues.litellm()));
        Map<String, String> quarantined = verdicts.stream()
                .filter(Verdict.Quarantined.class::isInstance)
                .map(Verdict.Quarantined.class::cast)
                .collect(Collectors.toMap(Verdict.Quarantined::entry, Verdict.Quarantined::code));
        assertThat(quarantined).hasSize(16).allSatisfy((entry, code) -> assertThat(code)
                .isEqualTo("unit_error"));
        assertThat(quarantined.keySet().stream().filter(entry -> entry.startsWith("wandb/")))
                .hasSize(13);
        assertThat(quarantined)
                .containsKeys(
                        "azure_ai/jais-30b-chat", "watsonx/core42/jais-13b-chat", "watsonx/bigscience/mt0-xxl-13b");
    }

    @Test
    void everyEntryOfLitellmHasItsVerdict() throws IOException {
        JsonNode file = SharedCatalogues.tree(SharedCatalogues.litellm());
        List<Verdict> verdicts = Catalogue.LITELLM.read(file);
        assertThat(verdicts).hasSize(file.size()).hasSize(2_986);
        assertThat(count(verdicts.stream().filter(Verdict.Taken.class::isInstance), verdict -> "taken"))
                .containsOnly(Map.entry("taken", 2_728L));
        assertThat(count(skipped(verdicts), Verdict.Skipped::code))
                .containsOnly(
                        Map.entry("commitment", 28L),
                        Map.entry("no_price", 97L),
                        Map.entry("not_a_model", 2L),
                        Map.entry("only_zeros", 113L),
                        Map.entry("unknown_tier", 2L));
        assertThat(count(remarks(verdicts), remark -> remark.kind() + " " + remark.code()))
                .containsOnly(
                        Map.entry("LEFT_OUT other_currency", 56L),
                        Map.entry("LEFT_OUT tier_without_base", 9L),
                        Map.entry("LEFT_OUT unknown_key", 4L),
                        Map.entry("MAPPED misplaced", 42L),
                        Map.entry("QUARANTINED batch_ratio", 2L),
                        Map.entry("QUARANTINED cache_write_1h_ratio", 2L));
        assertThat(broken(verdicts)).isEmpty();
    }

    @Test
    void whereEntriesOfLitellmContradictEachOtherTheFirstHolds() throws IOException {
        Harvest harvest = Harvest.of(Catalogue.LITELLM.read(SharedCatalogues.tree(SharedCatalogues.litellm())).stream()
                .filter(Verdict.Taken.class::isInstance)
                .map(Verdict.Taken.class::cast)
                .toList());
        assertThat(harvest.doubts().stream().map(Harvest.Doubt::entry).distinct())
                .containsExactlyInAnyOrder(
                        "bedrock/invoke/anthropic.claude-3-5-sonnet-20240620-v1:0",
                        "bedrock_mantle/openai.gpt-oss-safeguard-20b",
                        "gemini-flash-latest",
                        "gemini-flash-lite-latest",
                        "moonshotai.kimi-k2.5");
    }

    @Test
    void everyModelOfGenaiPricesHasItsVerdict() throws IOException {
        List<Verdict> verdicts = Catalogue.GENAI_PRICES.read(SharedCatalogues.tree(SharedCatalogues.genaiPrices()));
        assertThat(verdicts).hasSize(1_466);
        assertThat(verdicts.stream().filter(Verdict.Taken.class::isInstance)).hasSize(1_308);
        assertThat(verdicts.stream().filter(Verdict.Quarantined.class::isInstance))
                .isEmpty();
        assertThat(count(skipped(verdicts), Verdict.Skipped::code))
                .containsOnly(Map.entry("no_price", 157L), Map.entry("shadowed", 1L));
        assertThat(count(remarks(verdicts), remark -> remark.kind() + " " + remark.code()))
                .containsOnly(Map.entry("QUARANTINED cache_write_ratio", 18L));
        assertThat(broken(verdicts)).isEmpty();
    }

    private static Stream<Verdict.Skipped> skipped(List<Verdict> verdicts) {
        return verdicts.stream().filter(Verdict.Skipped.class::isInstance).map(Verdict.Skipped.class::cast);
    }

    private static Stream<Remark> remarks(List<Verdict> verdicts) {
        return verdicts.stream().filter(Verdict.Taken.class::isInstance).flatMap(verdict -> ((Verdict.Taken) verdict)
                .remarks().stream());
    }

    /** Rules of the book that a price breaks. */
    private static List<PriceItemRules.Violation> broken(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(Verdict.Taken.class::isInstance)
                .flatMap(verdict -> ((Verdict.Taken) verdict).prices().stream())
                .flatMap(price -> PriceItemRules.check(price.item()).stream())
                .toList();
    }

    private static <T> Map<String, Long> count(Stream<T> things, Function<T, String> by) {
        return things.collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }
}
