package io.tollgate.pricing;

import static io.tollgate.pricing.Books.COMPANY;
import static io.tollgate.pricing.Books.exact;
import static io.tollgate.pricing.Books.globalBook;
import static io.tollgate.pricing.Books.item;
import static io.tollgate.pricing.Books.micros;
import static io.tollgate.pricing.Books.multiplier;
import static io.tollgate.pricing.Books.price;
import static io.tollgate.pricing.Books.text;
import static io.tollgate.pricing.Books.timeline;
import static io.tollgate.pricing.Books.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.Usage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {

    @Test
    void aUsageCostsTheSumOfItsLines() {
        PriceBook book = globalBook(price("input", "0.0000025"), price("output", "0.00001"));

        Rating rating = book.rate(COMPANY, usage("input", "1200", "output", "300"));

        assertThat(rating.state()).isEqualTo(RatingState.RATED);
        assertThat(text(rating.cost())).isEqualTo("0.006");
        assertThat(text(rating.listCost())).isEqualTo("0.006");
        assertThat(rating.currency()).isEqualTo("USD");
        assertThat(text(rating.tokens())).isEqualTo("1500");
        assertThat(rating.lines()).extracting(line -> text(line.getCost())).containsExactly("0.003", "0.003");
        assertThat(rating.lines()).extracting("priceMatch").containsOnly("exact");
    }

    @Test
    void aModelThatIsNotInTheBookIsUnpricedAndNeverFree() {
        Rating rating = new PriceBook().rate(COMPANY, usage("input", "5"));

        assertThat(rating.state()).isEqualTo(RatingState.UNPRICED);
        assertThat(rating.code()).isEqualTo(Rating.NO_PRICE);
        assertThat(rating.cost()).isNull();
        assertThat(rating.listCost()).isNull();
        assertThat(text(rating.tokens())).isEqualTo("5");
    }

    @Test
    void cachedTokensAreNeverFreeAndThinkingIsOutput() {
        PriceBook book = globalBook(price("input", "2"), price("output", "10"));

        Rating rating = book.rate(COMPANY, usage("input", "1", "cache_read", "3", "reasoning", "5"));

        assertThat(text(rating.cost())).isEqualTo("58");
        assertThat(text(rating.listCost())).isEqualTo("58");
        assertThat(rating.lines()).extracting("priceMatch").containsExactly("exact", "fallback", "fallback");
    }

    @Test
    void aPriceOfItsOwnWinsOverAFallbackWhoeversItIs() {
        PriceBook book = globalBook(price("input", "2"), price("cache_read", "1"));
        book.put(timeline(COMPANY, "openai", "gpt-4o", price("input", "7")));

        Rating rating = book.rate(COMPANY, usage("input", "1", "cache_read", "1"));

        assertThat(text(rating.cost())).isEqualTo("8");
        assertThat(rating.lines()).extracting("priceMatch").containsOnly("exact");
    }

    @Test
    void aCompanysOwnPriceOfTheOtherDimensionIsItsFallback() {
        PriceBook book = globalBook(price("input", "2"));
        book.put(timeline(COMPANY, "openai", "gpt-4o", price("input", "7")));

        Rating rating = book.rate(COMPANY, usage("cache_read", "1"));

        assertThat(text(rating.cost())).isEqualTo("7");
        assertThat(text(rating.listCost())).isEqualTo("2");
        assertThat(rating.lines()).extracting("priceMatch").containsOnly("fallback");
    }

    @Test
    void aPriceOfTheDatedModelItselfWins() {
        PriceBook book = globalBook(price("input", "2"));
        book.put(timeline(null, "openai", "gpt-4o-2024-08-06", price("input", "3")));
        Usage usage = usage("input", "1");
        usage.setModel("gpt-4o-2024-08-06");

        assertThat(text(book.rate(COMPANY, usage).cost())).isEqualTo("3");
    }

    @Test
    void oneDimensionWithoutAPriceLeavesTheWholeUsageUnpriced() {
        Rating rating = globalBook(price("input", "1")).rate(COMPANY, usage("input", "1", "output", "1"));

        assertThat(rating.state()).isEqualTo(RatingState.UNPRICED);
        assertThat(rating.cost()).isNull();
    }

    @Test
    void zeroOfADimensionNeedsNoPrice() {
        Rating rating = globalBook(price("input", "2")).rate(COMPANY, usage("input", "3", "output", "0"));

        assertThat(text(rating.cost())).isEqualTo("6");
    }

    @Test
    void usageThatIsAbsentIsMissingAndNotZero() {
        assertThat(globalBook(price("input", "1")).rate(COMPANY, usage()).state())
                .isEqualTo(RatingState.USAGE_MISSING);
    }

    @Test
    void aFailedCallWithoutUsageCostsNothing() {
        Usage failed = usage();
        failed.setStatus(500);

        Rating rating = globalBook(price("input", "1")).rate(COMPANY, failed);

        assertThat(rating.state()).isEqualTo(RatingState.RATED);
        assertThat(text(rating.cost())).isEqualTo("0");
        assertThat(rating.currency()).isEqualTo("USD");
    }

    @Test
    void aFailedCallThatUsedTokensIsCharged() {
        Usage failed = usage("input", "10");
        failed.setStatus(500);

        assertThat(text(globalBook(price("input", "1")).rate(COMPANY, failed).cost()))
                .isEqualTo("10");
    }

    @Test
    void whatIsNotBillableCostsNothingAndKeepsItsQuantities() {
        Usage cached = usage("input", "10");
        cached.setBillable(false);

        Rating rating = globalBook(price("input", "1")).rate(COMPANY, cached);

        assertThat(text(rating.cost())).isEqualTo("0");
        assertThat(text(rating.tokens())).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-31T23:59:59.999999Z, ",
        "2026-01-01T00:00:00Z, 1",
        "2026-02-28T23:59:59.999999Z, 1",
        "2026-03-01T00:00:00Z, 2",
        "2026-05-31T23:59:59.999999Z, 2",
        "2026-06-01T00:00:00Z, ",
        "2026-07-01T00:00:00Z, 4"
    })
    void thePriceInForceAtTheEventTimeCounts(String time, String expected) {
        PriceItem march = price("input", "2");
        march.setEffectiveFrom(micros("2026-03-01T00:00:00Z"));
        march.setEffectiveTo(micros("2026-06-01T00:00:00Z"));
        PriceItem july = price("input", "4");
        july.setEffectiveFrom(micros("2026-07-01T00:00:00Z"));
        PriceBook book = globalBook(july, price("input", "1"), march);
        Usage usage = usage("input", "1");
        usage.setEventTime(micros(time));

        assertThat(text(book.rate(COMPANY, usage).cost())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"200000, false, 200000", "200001, false, 400002", "200000, true, 400000", "199999, true, 199999"})
    void aContextTierIsACliffForTheWholeEvent(String input, boolean inclusive, String expected) {
        PriceItem above = item("input")
                .setUnitPrice(exact("2"))
                .setCurrency("USD")
                .setTierFrom(exact("200000"))
                .setTierInclusive(inclusive)
                .build();

        Rating rating = globalBook(price("input", "1"), above).rate(COMPANY, usage("input", input));

        assertThat(text(rating.cost())).isEqualTo(expected);
    }

    @Test
    void theContextOfATierIsTheWholePromptCachedPartsIncluded() {
        PriceItem above = item("output")
                .setUnitPrice(exact("3"))
                .setCurrency("USD")
                .setTierFrom(exact("100"))
                .build();
        PriceBook book = globalBook(price("input", "0"), price("cache_read", "0"), price("output", "1"), above);

        assertThat(text(book.rate(COMPANY, usage("input", "60", "cache_read", "41", "output", "1"))
                        .cost()))
                .isEqualTo("3");
    }

    @Test
    void aServiceTierWithoutAPriceIsUnpricedAndNotChargedAsStandard() {
        Usage priority = usage("input", "1");
        priority.setServiceTier("priority");

        assertThat(globalBook(price("input", "1")).rate(COMPANY, priority).state())
                .isEqualTo(RatingState.UNPRICED);
    }

    @Test
    void theServiceTierSelectsItsPrice() {
        PriceItem batch = price("input", "0.5");
        batch.setServiceTier("batch");
        Usage usage = usage("input", "1");
        usage.setServiceTier("batch");

        assertThat(text(globalBook(price("input", "1"), batch)
                        .rate(COMPANY, usage)
                        .cost()))
                .isEqualTo("0.5");
    }

    @Test
    void theLadderThatNamesTheRegionWinsOverTheOneThatNamesNone() {
        PriceItem eu = price("input", "1.1");
        eu.setRegion("eu");
        PriceBook book = globalBook(price("input", "1"), eu);
        Usage inEurope = usage("input", "1");
        inEurope.setRegion("eu");

        assertThat(text(book.rate(COMPANY, inEurope).cost())).isEqualTo("1.1");
        assertThat(text(book.rate(COMPANY, usage("input", "1")).cost())).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"16:29:59.999999, 2", "16:30:00, 1", "23:59:59, 1", "00:00:00, 1", "00:29:59.999999, 1", "00:30:00, 2"})
    void aTimeOfDayWindowMayWrapMidnight(String time, String expected) {
        PriceItem offPeak = price("input", "1");
        offPeak.setTimeWindowUtc("16:30-00:30");
        Usage usage = usage("input", "1");
        usage.setEventTime(micros("2026-03-15T" + time + "Z"));

        assertThat(text(globalBook(price("input", "2"), offPeak)
                        .rate(COMPANY, usage)
                        .cost()))
                .isEqualTo(expected);
    }

    @Test
    void multipliersCombineByProductAndOnlyWhereTheyApply() {
        PriceItem eu = multiplier("*token", "1.1");
        eu.setWhen(Map.of("region", "eu"));
        PriceItem fast = multiplier("*token", "2");
        fast.setWhen(Map.of("variant", "fast"));
        PriceBook book = globalBook(price("input", "10"), price("image", "7"), eu, fast);
        Usage usage = usage("input", "1", "image", "1");
        usage.setRegion("eu");
        usage.setVariant("fast");

        Rating rating = book.rate(COMPANY, usage);

        assertThat(rating.lines()).extracting(line -> text(line.getCost())).containsExactly("22", "7");
        assertThat(rating.lines())
                .extracting(line -> text(line.getListMultiplier()))
                .containsExactly("2.2", null);
    }

    @Test
    void aMarkupRaisesTheCostAndNotTheListCost() {
        PriceBook book = globalBook(price("input", "10"));
        book.put(timeline(COMPANY, PriceBook.ANY, PriceBook.ANY, multiplier("*", "1.2")));

        Rating rating = book.rate(COMPANY, usage("input", "1"));

        assertThat(text(rating.cost())).isEqualTo("12");
        assertThat(text(rating.listCost())).isEqualTo("10");
        assertThat(text(book.rate("other", usage("input", "1")).cost())).isEqualTo("10");
    }

    @Test
    void aCompanysOwnPriceReplacesTheWholeLadderAndIsFinal() {
        PriceItem above = item("input")
                .setUnitPrice(exact("20"))
                .setCurrency("USD")
                .setTierFrom(exact("5"))
                .build();
        PriceBook book = globalBook(price("input", "10"), above, price("output", "1"));
        book.put(timeline(COMPANY, "openai", "gpt-4o", price("input", "8")));
        book.put(timeline(COMPANY, PriceBook.ANY, PriceBook.ANY, multiplier("*", "2")));

        Rating rating = book.rate(COMPANY, usage("input", "6", "output", "1"));

        assertThat(rating.lines()).extracting(line -> text(line.getCost())).containsExactly("48", "2");
        assertThat(rating.lines()).extracting(line -> text(line.getListCost())).containsExactly("120", "1");
    }

    @Test
    void linesInDifferentCurrenciesAreUnpriced() {
        PriceItem euros = price("output", "1");
        euros.setCurrency("EUR");

        Rating rating = globalBook(price("input", "1"), euros).rate(COMPANY, usage("input", "1", "output", "1"));

        assertThat(rating.state()).isEqualTo(RatingState.UNPRICED);
        assertThat(rating.code()).isEqualTo(Rating.MIXED_CURRENCY);
    }

    @Test
    void aListPriceInAnotherCurrencyIsNoListCost() {
        PriceItem euros = price("input", "9");
        euros.setCurrency("EUR");
        PriceBook book = globalBook(price("input", "10"));
        book.put(timeline(COMPANY, "openai", "gpt-4o", euros));

        Rating rating = book.rate(COMPANY, usage("input", "1"));

        assertThat(text(rating.cost())).isEqualTo("9");
        assertThat(rating.currency()).isEqualTo("EUR");
        assertThat(rating.listCost()).isNull();
    }

    @Test
    void theRowKeepsTheNewestVersionThatDecidedIt() {
        PriceBook book = globalBook(price("input", "1"));
        var markup = timeline(COMPANY, PriceBook.ANY, PriceBook.ANY, multiplier("*", "2"));
        markup.setVersion(7);
        book.put(markup);

        assertThat(book.rate(COMPANY, usage("input", "1")).priceVersion()).isEqualTo(7);
        assertThat(book.rate("other", usage("input", "1")).priceVersion()).isEqualTo(1);
    }

    @Test
    void aRemovedTimelinePricesNothing() {
        PriceBook book = globalBook(price("input", "1"));

        book.remove(null, "openai", "gpt-4o");

        assertThat(book.rate(COMPANY, usage("input", "1")).state()).isEqualTo(RatingState.UNPRICED);
    }

    @Test
    void amountsBeyondALongStayExact() {
        PriceBook book = globalBook(price("input", "0.000000000000000000000001"));
        String quantity = "99999999999999999999999999.999999999999";

        Rating rating = book.rate(COMPANY, usage("input", quantity));

        assertThat(text(rating.cost())).isEqualTo("99.999999999999999999999999999999999999");
        assertThat(List.of(quantity)).containsExactly(text(rating.tokens()));
    }
}
