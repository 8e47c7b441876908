package io.tollgate.pricing;

import static io.tollgate.pricing.Books.COMPANY;
import static io.tollgate.pricing.Books.exact;
import static io.tollgate.pricing.Books.item;
import static io.tollgate.pricing.Books.micros;
import static io.tollgate.pricing.Books.multiplier;
import static io.tollgate.pricing.Books.price;
import static io.tollgate.pricing.Books.text;
import static io.tollgate.pricing.Books.timeline;
import static io.tollgate.pricing.Books.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ModelName;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which name decides, one way after the other. A price says in its digits which model it is of. */
class ModelSearchTest {
    private final PriceBook book = new PriceBook();

    @Test
    void whatAnsweredIsPricedBeforeWhatWasAskedFor() {
        put("openai", "gpt-4o-2024-08-06", price("input", "1"));
        put("openai", "my-deployment", price("input", "2"));

        assertThat(priced("gpt-4o-2024-08-06", "my-deployment")).isEqualTo("1 exact");
        assertThat(priced("gpt-4o-2024-11-20", "my-deployment")).isEqualTo("2 request_model");
        assertThat(priced("my-deployment", "my-deployment")).isEqualTo("2 exact");
    }

    @Test
    void anAliasHasThePricesOfWhatItStandsFor() {
        put("openai", "gpt-4o", price("input", "1"));
        put("openai", "my-deployment", alias("openai", "gpt-4o"));

        assertThat(priced("my-deployment", null)).isEqualTo("1 alias");
        assertThat(priced("unknown", "my-deployment")).isEqualTo("1 alias");
    }

    @Test
    void anAliasIsOfTheTimeOfTheEvent() {
        put("openai", "gpt-4o", price("input", "1"));
        put("openai", "gpt-5", price("input", "2"));
        put("openai", "latest", alias("openai", "gpt-4o"), aliasFrom("openai", "gpt-5", "2026-03-10T00:00:00Z"));

        assertThat(priced(usageOf("latest", null, "2026-03-09T23:59:59Z"))).isEqualTo("1 alias");
        assertThat(priced(usageOf("latest", null, "2026-03-10T00:00:00Z"))).isEqualTo("2 alias");
        assertThat(priced(usageOf("latest", null, "2025-12-31T00:00:00Z"))).isEqualTo("no_price");
    }

    @Test
    void anAliasMayLeadToAnotherProviderAndNoFurther() {
        put("openai", "gpt-4o", price("input", "1"));
        book.put(timeline(null, "azure", "eu-chat", alias("openai", "gpt-4o")));
        book.put(timeline(null, "azure", "eu-chat-2", alias("azure", "eu-chat")));
        Usage usage = usageOf("eu-chat", null, "2026-03-15T12:00:00Z");
        usage.setProvider("azure");

        assertThat(priced(usage)).isEqualTo("1 alias");
        usage.setModel("eu-chat-2");
        assertThat(priced(usage)).isEqualTo("no_price");
    }

    @Test
    void aCompanysAliasIsItsOwn() {
        put("openai", "gpt-4o", price("input", "1"));
        put("openai", "gpt-5", price("input", "2"));
        put("openai", "chat", alias("openai", "gpt-4o"));
        book.put(timeline(COMPANY, "openai", "chat", alias("openai", "gpt-5")));

        assertThat(priced("chat", null)).isEqualTo("2 alias");
        assertThat(text(book.rate("other", usageOf("chat", null, "2026-03-15T12:00:00Z"))
                        .cost()))
                .isEqualTo("1");
    }

    @Test
    void theVersionOfTheAliasCountsAmongThoseThatWereUsed() {
        put("openai", "gpt-4o", price("input", "1"));
        book.put(timeline(null, "openai", "chat", alias("openai", "gpt-4o")));
        io.tollgate.avro.PriceTimeline newer = timeline(null, "openai", "chat", alias("openai", "gpt-4o"));
        newer.setVersion(9);
        book.put(newer);

        assertThat(book.rate(COMPANY, usageOf("chat", null, "2026-03-15T12:00:00Z"))
                        .priceVersion())
                .isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-2024-08-06, gpt-4o",
        "claude-sonnet-4-5-20250929, claude-sonnet-4-5",
        "claude-sonnet-4-5@20250929, claude-sonnet-4-5",
        "anthropic.claude-sonnet-4-5-20250929-v1:0, anthropic.claude-sonnet-4-5",
        "anthropic.claude-opus-4-6-v1:0, anthropic.claude-opus-4-6",
    })
    void aDateIsNoOtherModel(String dated, String undated) {
        put("openai", undated, price("input", "1"));

        assertThat(priced(dated, null)).isEqualTo("1 undated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o-mini",
                "gpt-4o-2024",
                "gpt-4o-2024-13-06",
                "gpt-4o-20240806-preview",
                "gpt-4o-1106",
                "gpt-4o-v2:0",
                "gpt-4o:latest",
                "gpt",
                "-2024-08-06",
                "my-gpt-4o-2024-08-06"
            })
    void aLikenessIsNoPrice(String model) {
        put("openai", "gpt-4o", price("input", "1"));

        assertThat(priced(model, null)).isEqualTo("no_price");
    }

    @ParameterizedTest
    @CsvSource({
        "us.claude, us",
        "eu.claude-20250929-v1:0, eu",
        "global.claude, global",
        "us-gov.claude, us-gov",
        "bedrock/eu-west-1/claude, eu-west-1",
        "azure/eu/claude, eu",
    })
    void theRegionBeforeANameIsKept(String model, String region) {
        PriceItem uplift = multiplier("*token", "1.1");
        uplift.setWhen(Map.of("region", region));
        put("openai", "claude", price("input", "10"), uplift);

        assertThat(priced(model, null)).isEqualTo("11 region");
    }

    @Test
    void aRegionThatTheEventSaysStaysBesideOneInTheName() {
        put(
                "openai",
                "claude",
                price("input", "1"),
                item("input")
                        .setUnitPrice(exact("2"))
                        .setCurrency("USD")
                        .setRegion("eu")
                        .build(),
                item("input")
                        .setUnitPrice(exact("3"))
                        .setCurrency("USD")
                        .setRegion("us")
                        .build());
        Usage usage = usageOf("us.claude", null, "2026-03-15T12:00:00Z");

        assertThat(priced(usage)).isEqualTo("3 region");
        assertThat(usage.getRegion()).isNull();
        usage.setRegion("eu");
        assertThat(priced(usage)).isEqualTo("2 region");
    }

    @Test
    void aPrefixIsTakenWhereAnOperatorSetOneTheLongestFirst() {
        put("openai", "gpt-*", price("input", "1"));
        put("openai", "gpt-5*", price("input", "2"));

        assertThat(priced("gpt-5-nano", null)).isEqualTo("2 prefix");
        assertThat(priced("gpt-4.1", null)).isEqualTo("1 prefix");
        assertThat(priced("o4", null)).isEqualTo("no_price");

        book.remove(null, "openai", "gpt-5*");
        assertThat(priced("gpt-5-nano", null)).isEqualTo("1 prefix");
    }

    @Test
    void aCompanysPrefixReplacesTheGlobalOneOfTheSameLength() {
        put("openai", "gpt-*", price("input", "1"));
        book.put(timeline(COMPANY, "openai", "gpt-*", price("input", "7")));

        assertThat(priced("gpt-5", null)).isEqualTo("7 prefix");
    }

    @Test
    void aDefaultIsTheLastResortThatAnOperatorSets() {
        put("*", "*", price("input", "8"));
        assertThat(priced("o4", null)).isEqualTo("8 default");

        put("openai", "*", price("input", "9"));
        put("openai", "gpt-*", price("input", "1"));
        assertThat(priced("o4", null)).isEqualTo("9 default");
        assertThat(priced("gpt-5", null)).isEqualTo("1 prefix");
    }

    @Test
    void eachWayIsTriedOnlyAfterThoseBeforeIt() {
        String model = "us.claude-20250929";
        String[] names = {"*", "us.*", "claude-20250929", "us.claude", model};
        String[] words = {"default", "prefix", "region", "undated", "exact"};
        for (int i = 0; i < names.length; i++) {
            put("openai", names[i], price("input", Integer.toString(i + 1)));
            assertThat(priced(model, null)).isEqualTo((i + 1) + " " + words[i]);
        }
    }

    @Test
    void aPriceThatBeginsLaterLeavesEarlierEventsWhereTheyWere() {
        put("openai", "gpt-4o", price("input", "1"));
        put(
                "openai",
                "gpt-4o-2024-08-06",
                item("input")
                        .setUnitPrice(exact("2"))
                        .setCurrency("USD")
                        .setEffectiveFrom(micros("2026-03-10T00:00:00Z"))
                        .build());

        assertThat(priced(usageOf("gpt-4o-2024-08-06", null, "2026-03-09T00:00:00Z")))
                .isEqualTo("1 undated");
        assertThat(priced(usageOf("gpt-4o-2024-08-06", null, "2026-03-11T00:00:00Z")))
                .isEqualTo("2 exact");
    }

    @Test
    void aPriceThatHasEndedIsNotMadeUpForByALikeness() {
        put(
                "openai",
                "gpt-4o-2024-08-06",
                item("input")
                        .setUnitPrice(exact("2"))
                        .setCurrency("USD")
                        .setEffectiveTo(micros("2026-02-01T00:00:00Z"))
                        .build());
        put("openai", "*", price("input", "9"));

        assertThat(priced("gpt-4o-2024-08-06", null)).isEqualTo("no_price");
    }

    @Test
    void aMarkupOnTheNameThatAnEventCameUnderHoldsWhereverItsPriceIsFound() {
        put("openai", "gpt-4o", price("input", "10"));
        book.put(timeline(COMPANY, "openai", "gpt-4o-2024-08-06", multiplier("*", "1.2")));

        Rating rating = book.rate(COMPANY, usageOf("gpt-4o-2024-08-06", null, "2026-03-15T12:00:00Z"));

        assertThat(text(rating.cost())).isEqualTo("12");
        assertThat(text(rating.listCost())).isEqualTo("10");
    }

    @Test
    void aLineMaySayTwoThings() {
        put("openai", "gpt-4o", price("input", "1"));
        put("openai", "chat", alias("openai", "gpt-4o"));
        Usage usage = usage("cache_read", "1");
        usage.setModel("chat");

        assertThat(priced(usage)).isEqualTo("1 alias,fallback");
    }

    private void put(String provider, String model, PriceItem... items) {
        book.put(timeline(null, provider, model, items));
    }

    private String priced(String model, @Nullable String requestModel) {
        return priced(usageOf(model, requestModel, "2026-03-15T12:00:00Z"));
    }

    /** Cost and match of the first line, or why there is none. */
    private String priced(Usage usage) {
        Rating rating = book.rate(COMPANY, usage);
        return rating.cost() == null
                ? String.valueOf(rating.code())
                : text(rating.cost()) + " " + rating.lines().get(0).getPriceMatch();
    }

    private static Usage usageOf(String model, @Nullable String requestModel, String time) {
        Usage usage = usage("input", "1");
        usage.setModel(model);
        usage.setRequestModel(requestModel);
        usage.setEventTime(micros(time));
        return usage;
    }

    private static PriceItem alias(String provider, String model) {
        return aliasFrom(provider, model, "2026-01-01T00:00:00Z");
    }

    private static PriceItem aliasFrom(String provider, String model, String from) {
        return item("*")
                .setServiceTier("*")
                .setAliasOf(new ModelName(provider, model))
                .setEffectiveFrom(micros(from))
                .build();
    }
}
