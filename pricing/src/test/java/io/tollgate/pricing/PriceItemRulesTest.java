package io.tollgate.pricing;

import static io.tollgate.pricing.Books.exact;
import static io.tollgate.pricing.Books.item;
import static io.tollgate.pricing.Books.multiplier;
import static io.tollgate.pricing.Books.price;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ModelName;
import io.tollgate.avro.PriceItem;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PriceItemRulesTest {

    @Test
    void aPlainPriceAndAMultiplierMayGoIn() {
        assertThat(PriceItemRules.check(price("input", "0.0000025"))).isEmpty();
        assertThat(PriceItemRules.check(price("input", "0"))).isEmpty();
        assertThat(PriceItemRules.check(multiplier("*token", "1.1"))).isEmpty();
    }

    @Test
    void aDimensionThatIsNotOfTokensHasAnyUnitAndMayBeItsOwnBasis() {
        PriceItem item = price("rerank_document", "0.002");
        item.setUnit("1000 documents");
        item.setTierBasis("rerank_document");
        assertThat(PriceItemRules.check(item)).isEmpty();
    }

    @Test
    void anAliasNamesOneModelAndNothingElse() {
        PriceItem alias =
                item("*").setAliasOf(new ModelName("openai", "gpt-4o")).build();
        assertThat(PriceItemRules.check(alias)).isEmpty();
        assertThat(PriceItemRules.objectionToModel("chat", alias, false)).isNull();
        assertThat(PriceItemRules.objectionToModel("chat*", alias, false)).contains("one model's");
    }

    @Test
    void aPatternIsOfAPriceOrOfACompanysMarkup() {
        PriceItem price = price("input", "1");
        PriceItem multiplier = multiplier("*", "2");
        assertThat(PriceItemRules.objectionToModel("gpt-5*", price, false)).isNull();
        assertThat(PriceItemRules.objectionToModel("*", price, false)).isNull();
        assertThat(PriceItemRules.objectionToModel("*", multiplier, true)).isNull();
        assertThat(PriceItemRules.objectionToModel("*", multiplier, false)).contains("company's");
        assertThat(PriceItemRules.objectionToModel("gpt-5*", multiplier, true)).contains("company's");
        assertThat(PriceItemRules.objectionToModel("*gpt", price, false)).contains("at the end");
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                brokenPrice("unit_price", item -> item.setUnitPrice(null)),
                brokenPrice("unit_price", item -> item.setMultiplier(exact("2"))),
                brokenPrice("unit_price", item -> item.setUnitPrice(exact("-1"))),
                brokenPrice("unit_price", item -> item.setUnitPrice(exact("0.0000000000000000000000001"))),
                brokenPrice("dimension", item -> item.setDimension("*")),
                brokenPrice("dimension", item -> item.setDimension("")),
                brokenPrice("currency", item -> item.setCurrency(null)),
                brokenPrice("currency", item -> item.setCurrency("usd")),
                brokenPrice("tier_from", item -> item.setTierFrom(exact("-1"))),
                brokenPrice("unit", item -> item.setUnit("1M tokens")),
                brokenPrice("tier_basis", item -> item.setTierBasis("input_token")),
                brokenPrice("when", item -> item.setWhen(Map.of("region", "eu"))),
                brokenPrice("effective_to", item -> item.setEffectiveTo(item.getEffectiveFrom())),
                brokenPrice("time_window_utc", item -> item.setTimeWindowUtc("25:00-01:00")),
                brokenPrice("unit_price", item -> item.setAliasOf(new ModelName("openai", "gpt-4o"))),
                brokenAlias("alias_of", item -> item.setAliasOf(new ModelName("", "gpt-4o"))),
                brokenAlias("alias_of", item -> item.setAliasOf(new ModelName("openai", "gpt-*"))),
                brokenAlias("currency", item -> item.setCurrency("USD")),
                brokenAlias("region", item -> item.setRegion("eu")),
                brokenAlias("dimension", item -> item.setDimension("input")),
                brokenAlias("when", item -> item.setWhen(Map.of("region", "eu"))),
                brokenMultiplier("multiplier", item -> item.setMultiplier(exact("0"))),
                brokenMultiplier("when", item -> item.setWhen(Map.of("moon", "full"))),
                brokenMultiplier("dimension", item -> item.setDimension("*image")),
                brokenMultiplier("region", item -> item.setRegion("eu")));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenRuleNamesItsField(String field, PriceItem item) {
        assertThat(PriceItemRules.check(item))
                .extracting(PriceItemRules.Violation::field)
                .contains(field);
    }

    private static Arguments brokenPrice(String field, Consumer<PriceItem> change) {
        return broken(field, price("input", "1"), change);
    }

    private static Arguments brokenMultiplier(String field, Consumer<PriceItem> change) {
        return broken(field, multiplier("*", "1.2"), change);
    }

    private static Arguments brokenAlias(String field, Consumer<PriceItem> change) {
        return broken(
                field, item("*").setAliasOf(new ModelName("openai", "gpt-4o")).build(), change);
    }

    private static Arguments broken(String field, PriceItem item, Consumer<PriceItem> change) {
        change.accept(item);
        return Arguments.of(field, item);
    }
}
