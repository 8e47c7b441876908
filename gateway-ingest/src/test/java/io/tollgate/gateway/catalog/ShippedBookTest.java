package io.tollgate.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.Usage;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.PriceItemRules;
import io.tollgate.pricing.PriceTimelines;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedBookTest {
    static {
        AvroGuards.set();
    }

    private static final List<BookFile.Price> BOOK = ShippedBook.prices();
    /** A million tokens of the dearest model that is in it, with room. */
    private static final Decimal DEAREST_TOKEN = Decimal.parse("0.0007");

    @Test
    void everyItemHasSourceAndDateAndKeepsTheRules() {
        assertThat(BOOK).hasSizeGreaterThan(2_000).allSatisfy(price -> {
            assertThat(price.source()).startsWith("https://");
            assertThat(LocalDate.parse(price.asOf())).isBetween(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));
            assertThat(PriceItemRules.check(price.item())).isEmpty();
        });
        assertThat(BOOK.stream().map(BookFile.Price::provider).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "openai",
                        "azure",
                        "anthropic",
                        "gemini",
                        "vertex_ai",
                        "bedrock",
                        "cohere",
                        "mistral",
                        "deepseek",
                        "xai",
                        "groq");
    }

    @Test
    void noTwoItemsAreForTheSameAndNoTierIsWithoutItsBase() {
        Map<String, Set<Decimal>> ladders = new HashMap<>();
        for (BookFile.Price price : BOOK) {
            String ladder = price.provider()
                    + price.model()
                    + LadderName.of(price.item())
                    + price.item().getEffectiveFrom();
            assertThat(ladders.computeIfAbsent(ladder, name -> new HashSet<>())
                            .add(Decimals.fromAvro(price.item().getTierFrom())))
                    .as("%s", price)
                    .isTrue();
        }
        assertThat(ladders)
                .allSatisfy((ladder, tiers) -> assertThat(tiers).as(ladder).contains(Decimal.ZERO));
    }

    @Test
    void everyPriceIsInProportionToItsInput() {
        for (BookFile.Price price : BOOK) {
            PriceItem item = price.item();
            if (item.getUnitPrice() == null) {
                Decimal factor = Decimals.fromAvro(item.getMultiplier());
                assertThat(factor).as("%s", price).isBetween(Decimal.ONE, Decimal.of(6));
                continue;
            }
            Decimal amount = Decimals.fromAvro(item.getUnitPrice());
            assertThat(amount.signum()).as("%s", price).isPositive();
            if (!"token".equals(item.getUnit())) {
                assertThat(amount).as("%s", price).isLessThanOrEqualTo(Decimal.ONE);
                continue;
            }
            assertThat(amount).as("%s", price).isLessThan(DEAREST_TOKEN);
            switch (item.getDimension()) {
                case "cache_read" -> inProportion(price, "input", "0.005", "1");
                case "cache_read_audio" -> inProportion(price, "input_audio", "0.005", "1");
                case "cache_write", "cache_write_5m" -> inProportion(price, "input", "1", "1.3");
                case "cache_write_1h" -> inProportion(price, "input", "2", "2");
                case "output" -> inProportion(price, "input", "0.5", "10.5");
                case "reasoning" -> inProportion(price, "output", "1", "1");
                default -> {}
            }
            if (item.getServiceTier().equals("batch") || item.getServiceTier().equals("flex")) {
                inProportionToStandard(price, "0.3", "1");
            } else if (item.getServiceTier().equals("priority")) {
                inProportionToStandard(price, "1", "2.6");
            }
        }
    }

    private static void inProportion(BookFile.Price price, String dimension, String least, String most) {
        PriceItem item = price.item();
        compare(price, find(price, dimension, item.getServiceTier()), least, most);
    }

    private static void inProportionToStandard(BookFile.Price price, String least, String most) {
        compare(price, find(price, price.item().getDimension(), "standard"), least, most);
    }

    private static void compare(BookFile.Price price, List<BookFile.Price> bases, String least, String most) {
        for (BookFile.Price base : bases) {
            BigDecimal ratio = Decimals.fromAvro(price.item().getUnitPrice())
                    .toBigDecimal()
                    .divide(Decimals.fromAvro(base.item().getUnitPrice()).toBigDecimal(), MathContext.DECIMAL64);
            assertThat(ratio).as("%s to %s", price, base).isBetween(new BigDecimal(least), new BigDecimal(most));
        }
    }

    private static final Map<String, List<BookFile.Price>> BY_MODEL =
            BOOK.stream().collect(Collectors.groupingBy(price -> price.provider() + "/" + price.model()));

    private static List<BookFile.Price> find(BookFile.Price beside, String dimension, String serviceTier) {
        PriceItem item = beside.item();
        return BY_MODEL.getOrDefault(beside.provider() + "/" + beside.model(), List.of()).stream()
                .filter(other -> other.item().getUnitPrice() != null
                        && other.item().getDimension().equals(dimension)
                        && other.item().getServiceTier().equals(serviceTier)
                        && other.item().getTierFrom().equals(item.getTierFrom())
                        && Objects.equals(other.item().getRegion(), item.getRegion())
                        && other.item().getEffectiveFrom() == item.getEffectiveFrom())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o, standard, input:1200;output:300, 0.006",
        "openai, gpt-5, flex, input:1000000;cache_read:1000000, 0.6875",
        "openai, gpt-5, standard, web_search_call:2;file_search_call:1;code_interpreter_session:1, 0.0525",
        "azure, gpt-4o, standard, input:1200;output:300, 0.006",
        "anthropic, claude-sonnet-4-5-20250929, standard, input:1000;cache_read:1000;cache_write_5m:1000;output:1000, 0.02205",
        "anthropic, claude-sonnet-4-5, batch, input:1000000, 3",
        "anthropic, claude-sonnet-4-5, standard, input:300000, 1.8",
        "gemini, gemini-2.5-flash, standard, input:1000000;reasoning:1000000;grounding_request:1, 2.835",
        "vertex_ai, gemini-2.5-pro, standard, input:1000000;output:0, 2.5",
        "vertex_ai, imagen-4.0-generate-001, standard, image:4, 0.16",
        "bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1:0, standard, input:1000;cache_write_1h:1000, 0.0099",
        "bedrock, amazon.nova-lite-v1:0, standard, input:1000000;output:1000000, 0.3",
        "cohere, command-a-03-2025, standard, input:1000000, 2.5",
        "cohere, rerank-v3.5, standard, search_unit:1, 0.002",
        "mistral, mistral-large-latest, standard, input:1000000;output:1000000, 2",
        "mistral, mistral-ocr-latest, standard, page:29, 0.116",
        "deepseek, deepseek-chat, standard, input:1000000;cache_read:1000000, 0.308",
        "xai, grok-4.3, standard, input:200000, 0.5",
        "groq, llama-3.3-70b-versatile, standard, input:1000000, 0.59",
        "groq, whisper-large-v3, standard, audio_second:10, 0.0003083",
    })
    void anEventOfEachVendorHasAPrice(String provider, String model, String tier, String counts, String cost) {
        Rating rating = book().rate("acme", usage(provider, model, tier, counts, "2026-11-21T10:00:00Z"));
        assertThat(rating.state()).as("%s", rating).isEqualTo(RatingState.RATED);
        assertThat(cost(rating)).hasToString(cost);
    }

    @Test
    void regionsAndSpeedsHaveTheirFactor() {
        Usage usage = usage("anthropic", "claude-opus-4-6", "standard", "input:1000000", "2026-11-21T10:00:00Z");
        usage.setRegion("us");
        usage.setSpeed("fast");
        assertThat(cost(book().rate("acme", usage))).hasToString("33");
    }

    @Test
    void aPriceThatFellIsTheOldOneBefore() {
        PriceBook book = book("2026-08-10T00:00:00Z");
        Usage before = usage("openai", "gpt-5.6-luna", "standard", "input:1000", "2026-07-29T23:59:59Z");
        Usage after = usage("openai", "gpt-5.6-luna", "standard", "input:1000", "2026-07-30T00:00:00Z");
        assertThat(cost(book.rate("acme", before))).hasToString("0.001");
        assertThat(cost(book.rate("acme", after))).hasToString("0.0002");
    }

    @Test
    void aPriceThatNoEventCanHaveAnyMoreIsLeftOut() {
        Usage old = usage("openai", "gpt-5.6-luna", "standard", "input:1000", "2026-01-01T00:00:00Z");
        assertThat(cost(book("2026-11-21T00:00:00Z").rate("acme", old))).hasToString("0.0002");
    }

    @Test
    void whatAnOperatorPostsForALaterTimeWins() {
        PriceTimeline shipped = FirstPrices.timelines(BOOK, Timestamps.parse("2026-11-21T00:00:00Z")).stream()
                .filter(timeline -> timeline.getProvider().equals("openai")
                        && timeline.getModel().equals("gpt-4o"))
                .findFirst()
                .orElseThrow();
        PriceItem first = shipped.getItems().get(0);
        PriceItem own = new ModelPrices.Version("own", LadderName.of(first), null, null, List.of(first))
                .at(0, 0)
                .get(0);
        own.setUnitPrice(Decimals.toAvro(Decimal.parse("0.1")));
        assertThat(PriceTimelines.append(shipped, shipped, List.of(own), 2, 0))
                .isInstanceOfSatisfying(PriceTimelines.Appended.class, appended -> assertThat(
                                PriceTimelines.inForce(appended.timeline(), Timestamps.parse("2026-11-21T00:00:00Z")))
                        .contains(own)
                        .doesNotContain(first));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "per_million: {input: 2.5}        | quotation marks",
                "per_million: {input: \"x\"}      | quotation marks",
                "each: {moon_trip: \"1\"}         | unit of moon_trip",
                "each: {image: \"-1\"}            | negative",
                "per_milion: {input: \"1\"}       | per_milion",
                "from: soon, each: {image: \"1\"} | soon",
            })
    void whatIsWrongInABookIsNamed(String row, String objection) {
        String file = "provider: p\nsource: https://p\nas_of: \"2026-08-01\"\nmodels:\n  m:\n    prices:\n      - {"
                + row + "}\n";
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> BookFile.read("p.yaml", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8))))
                .withMessageContaining(objection);
    }

    private static Decimal cost(Rating rating) {
        return Decimals.fromAvro(Objects.requireNonNull(rating.cost()));
    }

    private static PriceBook book() {
        return book("2026-11-21T00:00:00Z");
    }

    private static PriceBook book(String loaded) {
        PriceBook book = new PriceBook();
        FirstPrices.timelines(BOOK, Timestamps.parse(loaded)).forEach(book::put);
        return book;
    }

    private static Usage usage(String provider, String model, String tier, String counts, String at) {
        List<DimensionQuantity> dimensions = new ArrayList<>();
        for (String count : counts.split(";", -1)) {
            String[] parts = count.split(":", -1);
            dimensions.add(new DimensionQuantity(parts[0], Decimals.toAvro(Decimal.parse(parts[1]))));
        }
        return Usage.newBuilder()
                .setEventTime(Timestamps.parse(at))
                .setProvider(provider)
                .setModel(model)
                .setServiceTier(tier)
                .setDimensions(dimensions)
                .build();
    }
}
