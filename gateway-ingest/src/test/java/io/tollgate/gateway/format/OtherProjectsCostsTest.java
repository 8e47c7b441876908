package io.tollgate.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Usage;
import io.tollgate.gateway.catalog.SharedCatalogues;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What real bodies cost by genai-prices' own prices, beside what genai-prices itself makes of them. */
class OtherProjectsCostsTest {
    private static final long THEN = Timestamps.parse("2026-08-22T12:00:00Z");

    /** Format of ours, provider of ours, provider of theirs, their name for the format. */
    private static final List<List<String>> FORMATS = List.of(
            List.of("anthropic.messages", "anthropic", "anthropic", "default"),
            List.of("gemini.generateContent", "gemini", "google", "default"),
            List.of("openai.responses", "openai", "openai", "responses"),
            List.of("openai.chat", "openai", "openai", "chat"),
            List.of("bedrock.converse", "bedrock", "aws", "default"));

    private static final Set<String> KNOWN = Set.of("equal", "iterations", "by prefix");

    static {
        AvroGuards.set();
    }

    @Test
    void realBodiesCostWhatTheOtherProjectSaysOrTheReasonIsKnown() throws IOException {
        PriceBook book = SharedCatalogues.genaiPricesBook(0);
        Map<String, Integer> reasons = new TreeMap<>();
        List<String> unexplained = new ArrayList<>();
        for (JsonNode real : SharedFixtures.read("vendor_usages.json.gz")) {
            JsonNode body = real.get("body");
            String shape = Bodies.formatOfShape(body);
            for (List<String> format : FORMATS) {
                BigDecimal theirs = format.get(0).equals(shape) ? theirs(real, format) : null;
                if (theirs != null) {
                    Rating ours = ours(book, body, format);
                    String reason = reason(ours, theirs, body);
                    reasons.merge(shape + " " + reason, 1, Integer::sum);
                    if (!KNOWN.contains(reason)) {
                        unexplained.add(shape + " " + body + ": ours " + ours + ", theirs " + theirs);
                    }
                }
            }
        }
        System.out.println("OtherProjectsCostsTest: " + reasons);
        unexplained.stream().limit(20).forEach(System.out::println);
        assertThat(unexplained).isEmpty();
    }

    private static @Nullable BigDecimal theirs(JsonNode real, List<String> format) {
        for (JsonNode found : real.path("extracted").path(0).path("extractors")) {
            if (found.path("provider_id").asString("").equals(format.get(2))
                    && found.path("api_flavor").asString("").equals(format.get(3))
                    && (found.has("input_price") || found.has("total_price"))) {
                return found.has("total_price")
                        ? new BigDecimal(found.get("total_price").asString())
                        : new BigDecimal(found.get("input_price").asString())
                                .add(new BigDecimal(found.path("output_price").asString("0")));
            }
        }
        return null;
    }

    private static Rating ours(PriceBook book, JsonNode body, List<String> format) {
        Reading reading = Bodies.read(format.get(0), format.get(1), body.toString());
        List<DimensionQuantity> dimensions = new ArrayList<>();
        reading.quantities()
                .forEach((name, count) -> dimensions.add(new DimensionQuantity(name, Decimals.toAvro(count))));
        return book.rate(
                "acme",
                Usage.newBuilder()
                        .setEventTime(THEN)
                        .setProvider(format.get(1))
                        .setModel(String.valueOf(reading.model()))
                        .setServiceTier(reading.serviceTier())
                        .setRegion(reading.region())
                        .setVariant(reading.variant())
                        .setDimensions(dimensions)
                        .build());
    }

    private static String reason(Rating ours, BigDecimal theirs, JsonNode body) {
        Decimal cost = Decimals.fromAvroOrNull(ours.cost());
        if (cost == null) {
            // They take any model for it whose name begins so; we take none by a likeness.
            return body.path("model").asString("").startsWith("computer-use") ? "by prefix" : "unpriced " + ours.code();
        }
        BigDecimal mine = new BigDecimal(cost.toString());
        if (mine.compareTo(theirs) == 0) {
            return "equal";
        }
        // What a compaction used is outside the top level, which is all that they read.
        return body.path("usage").has("iterations") && mine.compareTo(theirs) > 0 ? "iterations" : "differs";
    }
}
