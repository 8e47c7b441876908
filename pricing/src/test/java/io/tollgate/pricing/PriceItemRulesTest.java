package io.tollgate.pricing;

import static io.tollgate.pricing.Books.exact;
import static io.tollgate.pricing.Books.multiplier;
import static io.tollgate.pricing.Books.price;
import static org.assertj.core.api.Assertions.assertThat;

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

    private static Arguments broken(String field, PriceItem item, Consumer<PriceItem> change) {
        change.accept(item);
        return Arguments.of(field, item);
    }
}
