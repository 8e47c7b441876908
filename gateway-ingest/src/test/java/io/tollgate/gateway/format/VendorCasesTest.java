package io.tollgate.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.RatingState;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Vendors' bodies whose exact cost is known, and real ones whose shape is. */
class VendorCasesTest {
    /** Real bodies that contradict themselves, each with why it is the body's own fault. */
    private static final Map<String, String> OWN_FAULT =
            Map.of("test_anthropic_advisor_tool.yaml", "an advisor iteration ran on another model than the message");

    /** Cases whose cache writes have no lifetime: billed as the vendor's default, and flagged. */
    private static final Set<String> FLAGGED = Set.of("ant-002");

    @TestFactory
    Stream<DynamicTest> aCaseCostsExactlyWhatItShould() throws IOException {
        return cases("price_cases.json", VendorCasesTest::check);
    }

    @TestFactory
    Stream<DynamicTest> aBadCaseNeverComesOutWithAPlainPrice() throws IOException {
        return cases("negative_cases.json", VendorCasesTest::checkNegative);
    }

    private static Stream<DynamicTest> cases(String file, Consumer<JsonNode> check) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode aCase : SharedFixtures.read(file)) {
            String name = aCase.get("id").stringValue() + " " + formatOf(aCase);
            tests.add(DynamicTest.dynamicTest(name, () -> check.accept(aCase)));
        }
        return tests.stream();
    }

    /** An aggregate is so many equal calls for embeddings. */
    private static String formatOf(JsonNode aCase) {
        String format = aCase.get("vendor_format").stringValue();
        return format.equals("aggregate") ? "openai.embeddings" : format;
    }

    private static void check(JsonNode aCase) {
        boolean isSum = aCase.get("vendor_format").stringValue().equals("aggregate");
        JsonNode body = aCase.get("usage");
        int events = isSum ? body.get("events").intValue() : 1;
        Reading reading = read(aCase, isSum ? "{\"usage\":" + body.get("each") + "}" : body.toString());
        assertThat(reading.quality())
                .describedAs(String.valueOf(reading.remark()))
                .isEqualTo(FLAGGED.contains(aCase.get("id").stringValue()) ? Quality.SETTLED : Quality.COMPLETE);

        Map<String, Decimal> quantities = new TreeMap<>();
        reading.quantities().forEach((name, quantity) -> {
            if (!quantity.isZero()) {
                quantities.put(name, quantity.times(Decimal.of(events)));
            }
        });
        Map<String, Decimal> expected = new TreeMap<>();
        for (Map.Entry<String, JsonNode> one : aCase.get("normalized").properties()) {
            Decimal quantity = Objects.requireNonNull(Counts.number(one.getValue()), one.getKey());
            if (!quantity.isZero()) {
                expected.put(one.getKey(), quantity);
            }
        }
        assertThat(quantities).isEqualTo(expected);

        Decimal sum = Decimal.ZERO;
        Decimal each = cost(CasePrices.rate(aCase, reading));
        for (int i = 0; i < events; i++) {
            sum = sum.plus(each);
        }
        assertThat(sum).isEqualTo(Counts.number(aCase, "expected_cost_usd"));
    }

    private static Decimal cost(Rating rating) {
        assertThat(rating.state()).describedAs(String.valueOf(rating)).isEqualTo(RatingState.RATED);
        return Decimals.fromAvro(Objects.requireNonNull(rating.cost()));
    }

    private static void checkNegative(JsonNode aCase) {
        Reading reading = read(aCase, aCase.get("usage").toString());
        switch (aCase.get("expected_status").stringValue()) {
            case "USAGE_MISSING" -> {
                assertThat(reading.quality()).isEqualTo(Quality.MISSING);
                assertThat(reading.quantities()).isEmpty();
            }
            case "INCONSISTENT_USAGE" -> {
                assertThat(reading.quality())
                        .isEqualTo(aCase.get("expected_cost_usd").isNull() ? Quality.INCONSISTENT : Quality.SETTLED);
                Decimal expected = Counts.number(aCase, "expected_cost_usd");
                if (expected != null) {
                    assertThat(cost(CasePrices.rate(aCase, reading))).isEqualTo(expected);
                }
            }
            // What the book has no exact price for is priced by nothing here: matching by prefix is off.
            case "UNPRICED" -> {
                assertThat(reading.quality()).isEqualTo(Quality.COMPLETE);
                assertThat(CasePrices.rate(aCase, reading, "gpt-4o").state()).isEqualTo(RatingState.UNPRICED);
            }
            case "UNPRICED_OR_FLAGGED" -> {
                assertThat(reading.quality()).isEqualTo(Quality.COMPLETE);
                assertThat(CasePrices.rate(aCase, reading, "gpt-4o").lines())
                        .extracting("priceMatch")
                        .doesNotContain("exact");
            }
            default -> throw new AssertionError("an unknown status: " + aCase.get("expected_status"));
        }
    }

    private static Reading read(JsonNode aCase, String body) {
        return Bodies.read(formatOf(aCase), aCase.get("provider").stringValue(), body);
    }

    @Test
    void everyRealBodyIsReadAndOnlyItsOwnFaultsAreFound() throws IOException {
        List<String> doubtful = new ArrayList<>();
        int read = 0;
        for (JsonNode real : SharedFixtures.read("vendor_usages.json.gz")) {
            JsonNode body = real.get("body");
            String file = body.get("file").stringValue();
            String format = Bodies.formatOfShape(body);
            Reading reading = Bodies.read(format, provider(body), body.toString());
            read++;
            if (reading.quality() != Quality.COMPLETE && !isOwnFault(file, reading)) {
                doubtful.add(format + " " + file + ": " + reading.quality() + ", " + reading.remark());
            }
            Long counted = countedByOthers(real);
            if (counted != null) {
                assertThat(tokens(reading)).describedAs(format + " " + body).isEqualTo(Decimal.of(counted));
            }
        }
        System.out.println("VendorCasesTest: " + read + " real bodies read");
        assertThat(doubtful).isEmpty();
        assertThat(read).isPositive();
    }

    private static String provider(JsonNode body) {
        return body.path("model").asString("").startsWith("gemini") ? "gemini" : "somebody";
    }

    private static boolean isOwnFault(String file, Reading reading) {
        return reading.quality() == Quality.SETTLED && OWN_FAULT.containsKey(file.substring(file.lastIndexOf('/') + 1));
    }

    /** The other project's count of all tokens; null where it knowingly counts something else. */
    private static @Nullable Long countedByOthers(JsonNode real) {
        JsonNode usage = real.path("extracted").path(0).path("usage");
        String shape = Bodies.formatOfShape(real.get("body"));
        boolean isComparable = (shape.startsWith("anthropic.")
                        || shape.startsWith("bedrock.")
                        || shape.equals("gemini.generateContent"))
                && !real.get("body").path("usage").has("iterations");
        return isComparable && usage.has("input_tokens")
                ? usage.get("input_tokens").longValue()
                        + usage.path("output_tokens").asLong(0)
                : null;
    }

    private static Decimal tokens(Reading reading) {
        Decimal sum = Decimal.ZERO;
        for (Map.Entry<String, Decimal> one : reading.quantities().entrySet()) {
            sum = sum.plus(one.getKey().equals("web_search_call") ? Decimal.ZERO : one.getValue());
        }
        return sum;
    }
}
