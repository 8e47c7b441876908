package io.tollgate.oracle;

import static io.tollgate.oracle.Samples.amount;
import static io.tollgate.oracle.Samples.factor;
import static io.tollgate.oracle.Samples.price;
import static io.tollgate.oracle.Samples.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.oracle.Samples.Book;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each sum is worked out by hand. */
class PricingTest {
    private static final Book PLAIN = new Book().list("openai", "gpt-4o", price("input", "2"), price("output", "10"));

    @Test
    void theCostIsTheSumOfQuantityTimesPriceToTheLastDigit() {
        Rating rating = new Book()
                .list("openai", "gpt-4o", price("input", "0.0000025"), price("output", "0.000008000000000000000007"))
                .rate(usage("openai", "gpt-4o")
                        .of("input", "9007199254740993")
                        .of("output", "300.5")
                        .build());

        // 9007199254740993 × 0.0000025 = 22517998136.8524825; 300.5 × 0.000008000000000000000007
        assertThat(rating.cost()).isEqualByComparingTo(amount("22517998136.8548865000000000000021035"));
        assertThat(rating.listCost()).isEqualByComparingTo(rating.cost());
        assertThat(rating.tokens()).isEqualByComparingTo(amount("9007199254741293.5"));
        assertThat(rating.currency()).isEqualTo("USD");
        assertThat(rating.version()).isEqualTo(1);
    }

    @Test
    void oneDimensionWithoutAPriceLeavesTheWholeEventUnpriced() {
        Rating rating = PLAIN.rate(
                usage("openai", "gpt-4o").of("input", "1").of("page", "1").build());

        assertThat(rating.state()).isEqualTo("unpriced");
        assertThat(rating.code()).isEqualTo("no_price");
        assertThat(rating.cost()).isNull();
        assertThat(rating.listCost()).isNull();
        assertThat(rating.version()).isNull();
        assertThat(rating.lines().get(0).cost()).isEqualByComparingTo(amount("2"));
    }

    @Test
    void zeroOfSomethingNeedsNoPrice() {
        Rating rating = PLAIN.rate(
                usage("openai", "gpt-4o").of("input", "1").of("page", "0").build());

        assertThat(rating.cost()).isEqualByComparingTo(amount("2"));
        assertThat(rating.lines().get(1).cost()).isEqualByComparingTo(amount("0"));
    }

    @Test
    void whatIsReadFromTheCacheCostsWhatInputDoesWhereItHasNoPriceOfItsOwn() {
        Rating rating = PLAIN.rate(usage("openai", "gpt-4o")
                .of("cache_read", "3")
                .of("reasoning", "1")
                .build());

        assertThat(rating.cost()).isEqualByComparingTo(amount("16"));
        assertThat(rating.lines()).extracting(Rating.Line::priceMatch).containsOnly("fallback");
    }

    @Test
    void aFailedCallWithoutUsageAndWhatIsNotBilledCostNothing() {
        Rating failed = PLAIN.rate(usage("openai", "gpt-4o").status(500).build());
        Rating free =
                PLAIN.rate(usage("openai", "gpt-4o").of("input", "7").free().build());

        assertThat(failed.state()).isEqualTo("rated");
        assertThat(failed.cost()).isEqualByComparingTo(amount("0"));
        assertThat(failed.currency()).isEqualTo("USD");
        assertThat(free.cost()).isEqualByComparingTo(amount("0"));
        assertThat(free.tokens()).isEqualByComparingTo(amount("7"));
        assertThat(free.lines().get(0).unitPrice()).isNull();
    }

    @Test
    void aBodyWithoutUsageIsMissingItAndOneThatContradictsItselfIsUnpriced() {
        assertThat(PLAIN.rate(usage("openai", "gpt-4o").read("MISSING").build()).state())
                .isEqualTo("usage_missing");
        Rating inconsistent = PLAIN.rate(
                usage("openai", "gpt-4o").of("input", "1").read("INCONSISTENT").build());
        assertThat(inconsistent.code()).isEqualTo("inconsistent_usage");
        assertThat(inconsistent.lines()).isEmpty();
    }

    @Test
    void linesInTwoCurrenciesAreUnpriced() {
        Rating rating = new Book()
                .list(
                        "openai",
                        "gpt-4o",
                        price("input", "2"),
                        price("output", "10").currency("EUR"))
                .rate(usage("openai", "gpt-4o")
                        .of("input", "1")
                        .of("output", "1")
                        .build());

        assertThat(rating.code()).isEqualTo("mixed_currency");
    }

    @Test
    void whatBeganLastHoldsAndWhatHasEndedBringsNothingBack() {
        Book book = new Book()
                .list(
                        "openai",
                        "gpt-4o",
                        price("input", "5"),
                        price("input", "2").since("2026-01-01T00:00:00Z").until("2026-02-01T00:00:00Z"));

        assertThat(cost(book, "2025-12-31T23:59:59Z")).isEqualTo("5");
        assertThat(cost(book, "2026-01-01T00:00:00Z")).isEqualTo("2");
        assertThat(cost(book, "2026-02-01T00:00:00Z")).isNull();
    }

    @Test
    void aContextTierIsACliffForTheWholeCall() {
        Book book = new Book()
                .list(
                        "gemini",
                        "g",
                        price("input", "1"),
                        price("input", "2").above("200"),
                        price("output", "10"),
                        price("output", "15").above("200"));

        assertThat(book.rate(usage("gemini", "g")
                                .of("input", "1")
                                .of("cache_read", "200")
                                .of("output", "1")
                                .build())
                        .cost())
                .isEqualByComparingTo(amount("417"));
        assertThat(book.rate(usage("gemini", "g")
                                .of("input", "200")
                                .of("output", "1")
                                .build())
                        .cost())
                .isEqualByComparingTo(amount("210"));
    }

    @Test
    void anInclusiveTierBeginsAtItsBound() {
        Book book = new Book()
                .list("xai", "g", price("input", "1"), price("input", "2").from("200"));

        assertThat(book.rate(usage("xai", "g").of("input", "200").build()).cost())
                .isEqualByComparingTo(amount("400"));
    }

    @Test
    void aServiceTierHasPricesOfItsOwnOrNone() {
        Book book = new Book()
                .list(
                        "openai",
                        "gpt-4o",
                        price("input", "4"),
                        price("input", "2").tier("batch"));

        assertThat(book.rate(usage("openai", "gpt-4o")
                                .tier("batch")
                                .of("input", "1")
                                .build())
                        .cost())
                .isEqualByComparingTo(amount("2"));
        assertThat(book.rate(usage("openai", "gpt-4o")
                                .tier("priority")
                                .of("input", "1")
                                .build())
                        .state())
                .isEqualTo("unpriced");
    }

    @Test
    void aPriceForTheRegionWinsOverOneForATimeOfDay() {
        Book book = new Book()
                .list(
                        "deepseek",
                        "d",
                        price("input", "4"),
                        price("input", "1").daily("16:30-00:30"),
                        price("input", "3").in("eu"));

        assertThat(cost(book, "deepseek", "d", "2026-03-15T00:29:59Z", null)).isEqualTo("1");
        assertThat(cost(book, "deepseek", "d", "2026-03-15T00:30:00Z", null)).isEqualTo("4");
        assertThat(cost(book, "deepseek", "d", "2026-03-15T00:29:59Z", "eu")).isEqualTo("3");
    }

    @Test
    void twoPricesThatFitEquallyWellAreNotUnderstood() {
        Book book = new Book()
                .list(
                        "p",
                        "m",
                        price("input", "1").daily("00:00-12:30"),
                        price("input", "2").daily("11:00-13:00"));

        assertThatThrownBy(() -> book.rate(usage("p", "m").of("input", "1").build()))
                .isInstanceOf(NotUnderstoodException.class);
    }

    @Test
    void multipliersThatApplyCombineByProduct() {
        Rating rating = new Book()
                .list(
                        "anthropic",
                        "c",
                        price("input", "10"),
                        price("web_search_call", "1").unit("call"),
                        factor("*token", "1.1").when("region", "us"),
                        factor("*token", "2").when("speed", "fast"))
                .rate(usage("anthropic", "c")
                        .in("us")
                        .fast()
                        .of("input", "1")
                        .of("web_search_call", "1")
                        .build());

        assertThat(rating.cost()).isEqualByComparingTo(amount("23"));
        assertThat(rating.tokens()).isEqualByComparingTo(amount("1"));
    }

    @Test
    void aCompanysOwnPriceIsFinalAndTheRestIsTheListPriceTimesItsMarkups() {
        Rating rating = new Book()
                .list(
                        "openai",
                        "gpt-4o",
                        price("input", "10"),
                        price("output", "20"),
                        factor("*", "3").when("region", "us"))
                .own("acme", "openai", "gpt-4o", price("output", "15"))
                .own("acme", "*", "*", factor("*", "1.2"))
                .own("globex", "*", "*", factor("*", "7"))
                .rate(usage("openai", "gpt-4o")
                        .in("us")
                        .of("input", "1")
                        .of("output", "1")
                        .build());

        // 10 × 3 × 1.2 + 15; list (10 + 20) × 3
        assertThat(rating.cost()).isEqualByComparingTo(amount("51"));
        assertThat(rating.listCost()).isEqualByComparingTo(amount("90"));
        assertThat(rating.version()).isEqualTo(3);
    }

    @Test
    void aModelIsFoundUnderTheFirstNameThatHasAPrice() {
        Book book = new Book()
                .list("openai", "gpt-4o", price("input", "2"))
                .list("openai", "gpt-5*", price("input", "3"))
                .list("openai", "*", price("input", "5"))
                .list("*", "*", price("input", "7"))
                .list(
                        "bedrock",
                        "anthropic.claude-sonnet-4-5",
                        price("input", "10"),
                        factor("*token", "1.1").when("region", "us"))
                .alias("azure", "our-chat", "openai", "gpt-4o");

        assertThat(found(book, "openai", "gpt-4o", null)).isEqualTo("2 exact");
        assertThat(found(book, "openai", "unknown", "gpt-4o")).isEqualTo("2 request_model");
        assertThat(found(book, "azure", "our-chat", null)).isEqualTo("2 alias");
        assertThat(found(book, "openai", "gpt-4o-2024-08-06", null)).isEqualTo("2 undated");
        assertThat(found(book, "bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", null))
                .isEqualTo("11 region");
        assertThat(found(book, "openai", "gpt-5-nano", null)).isEqualTo("3 prefix");
        assertThat(found(book, "openai", "o9", null)).isEqualTo("5 default");
        assertThat(found(book, "mistral", "large", null)).isEqualTo("7 default");
    }

    private static @Nullable String cost(Book book, String at) {
        return cost(book, "openai", "gpt-4o", at, null);
    }

    private static @Nullable String cost(Book book, String provider, String model, String at, @Nullable String region) {
        var usage = usage(provider, model).at(at).of("input", "1");
        return Amount.text(
                book.rate((region == null ? usage : usage.in(region)).build()).cost());
    }

    private static String found(Book book, String provider, String model, @Nullable String asked) {
        var usage = usage(provider, model).of("input", "1");
        Rating rating = book.rate((asked == null ? usage : usage.asked(asked)).build());
        return Amount.text(rating.cost()) + " " + rating.lines().get(0).priceMatch();
    }
}
