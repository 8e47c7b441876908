package io.tollgate.usageapi.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.usageapi.export.FocusCharge.Line;
import io.tollgate.usageapi.export.FocusCharge.Sku;
import io.tollgate.usageapi.export.file.Column;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FocusColumnsTest {
    private static final Sku BATCH = new Sku("openai", "gpt-4o", "batch", "eu", "fast");
    private static final Line INPUT =
            new Line("input", "token", decimal("1200"), decimal("200000"), decimal("0.0000025"), decimal("0.000003"));
    private static final FocusCharge CHARGE = new FocusCharge(
            LocalDate.parse("2026-10-07"),
            YearMonth.parse("2026-10"),
            false,
            "acme",
            "u1",
            "key_1",
            BATCH,
            "{\"team\": \"search\"}",
            "USD",
            INPUT,
            decimal("0.0030000"),
            decimal("0.0036"),
            3);

    @Test
    void aChargeInTheWordsOfFocus() {
        Map<String, @Nullable String> row = row(Profile.FOCUS_1_2, CHARGE);
        Map<String, String> told = new LinkedHashMap<>();
        row.forEach((name, value) -> told.put(name, String.valueOf(value)));
        assertThat(told)
                .containsEntry("BilledCost", "0.003")
                .containsEntry("EffectiveCost", "0.003")
                .containsEntry("ContractedCost", "0.003")
                .containsEntry("ListCost", "0.0036")
                .containsEntry("BillingAccountId", "acme")
                .containsEntry("BillingCurrency", "USD")
                .containsEntry("BillingPeriodStart", "2026-10-01T00:00:00Z")
                .containsEntry("BillingPeriodEnd", "2026-11-01T00:00:00Z")
                .containsEntry("ChargePeriodStart", "2026-10-07T00:00:00Z")
                .containsEntry("ChargePeriodEnd", "2026-10-08T00:00:00Z")
                .containsEntry("ChargeCategory", "Usage")
                .containsEntry("ChargeClass", "null")
                .containsEntry("ChargeDescription", "openai gpt-4o: input in Tokens, batch, eu, fast")
                .containsEntry("ConsumedQuantity", "1200")
                .containsEntry("ConsumedUnit", "Tokens")
                .containsEntry("ListUnitPrice", "0.000003")
                .containsEntry("ContractedUnitPrice", "0.0000025")
                .containsEntry("ProviderName", "openai")
                .containsEntry("PublisherName", "openai")
                .containsEntry("InvoiceIssuerName", "Us, Inc.")
                .containsEntry("RegionId", "eu")
                .containsEntry("SkuId", "openai/gpt-4o/input")
                .containsEntry("SkuPriceId", "openai/gpt-4o/input/batch/eu/fast/200000")
                .containsEntry(
                        "SkuPriceDetails",
                        "{\"x_Dimension\":\"input\",\"x_Model\":\"gpt-4o\",\"x_ServiceTier\":\"batch\","
                                + "\"x_TierFrom\":\"200000\",\"x_Variant\":\"fast\"}")
                .containsEntry("SubAccountId", "u1")
                .containsEntry("SubAccountType", "User")
                .containsEntry("Tags", "{\"team\":\"search\"}")
                .containsEntry("x_AuthId", "key_1")
                .containsEntry("x_LedgerRows", "3")
                .containsEntry("x_OriginalPeriod", "null");
        assertThat(FocusRules.violations(row)).isEmpty();
    }

    @Test
    void anAdjustmentCorrectsTheMonthThatItIsOf() {
        Map<String, @Nullable String> row = row(Profile.FOCUS_1_4, adjusted(CHARGE));
        assertThat(row.get("ChargeClass")).isEqualTo("Correction");
        assertThat(row.get("BillingPeriodStart")).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(row.get("ChargePeriodStart")).isEqualTo("2026-10-07T00:00:00Z");
        assertThat(row.get("x_OriginalPeriod")).isEqualTo("2026-10");
        assertThat(FocusRules.violations(row)).isEmpty();
    }

    @Test
    void whatHasNoLinesIsAnAdjustmentWithoutQuantities() {
        FocusCharge reduced = with(CHARGE, null, decimal("7"), null);
        Map<String, @Nullable String> row = row(Profile.FOCUS_1_2, reduced);
        assertThat(row.get("ChargeCategory")).isEqualTo("Adjustment");
        assertThat(row.get("BilledCost")).isEqualTo("7");
        assertThat(row.get("ListCost")).isEqualTo("7");
        assertThat(row.get("x_KnownListCost")).isNull();
        assertThat(row.get("PricingQuantity")).isNull();
        assertThat(FocusRules.violations(row)).isEmpty();
    }

    @Test
    void unitsAreNamedInThePlural() {
        assertThat(FocusColumns.plural("token")).isEqualTo("Tokens");
        assertThat(FocusColumns.plural("audio_second")).isEqualTo("Audio Seconds");
        assertThat(FocusColumns.plural("characters")).isEqualTo("Characters");
    }

    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"FOCUS_1_2", "FOCUS_1_4"})
    void theColumnsOfAVersionAreTheSpecifications(Profile version) {
        List<String> names = FocusColumns.of(version).stream().map(Column::name).toList();
        assertThat(FocusRules.violations(version, names)).isEmpty();
        assertThat(names).as("by the alphabet, and ours at the end").isSortedAccordingTo(String::compareTo);
    }

    @Test
    void aVersionHasWhatTheOtherHasNot() {
        List<String> old =
                FocusColumns.of(Profile.FOCUS_1_2).stream().map(Column::name).toList();
        List<String> newer =
                FocusColumns.of(Profile.FOCUS_1_4).stream().map(Column::name).toList();
        assertThat(old)
                .contains("ProviderName", "PublisherName")
                .doesNotContain("ServiceProviderName", "HostProviderName");
        assertThat(newer)
                .contains("ServiceProviderName", "HostProviderName")
                .doesNotContain("ProviderName", "PublisherName");
    }

    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"FOCUS_1_2", "FOCUS_1_4"})
    void everyChargeKeepsTheRules(Profile version) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Column> columns = FocusColumns.of(version);
        for (int i = 0; i < 2_000; i++) {
            FocusCharge charge = random(random);
            List<@Nullable String> cells = FocusColumns.cells(version, charge, "Us, Inc.");
            String what = "seed " + seed + ": " + charge;
            assertThat(FocusRules.violations(row(version, charge))).as(what).isEmpty();
            for (int cell = 0; cell < cells.size(); cell++) {
                assertThat(cells.get(cell) == null && !columns.get(cell).nullable())
                        .as(what + " " + columns.get(cell).name())
                        .isFalse();
            }
        }
    }

    /** The rules themselves would find something. */
    @Test
    void whatBreaksARuleIsFound() {
        Map<String, @Nullable String> good = row(Profile.FOCUS_1_2, CHARGE);
        assertThat(broken(good, "BilledCost", null)).contains("BilledCost is null");
        assertThat(broken(good, "ListCost", "1")).contains("ListUnitPrice x PricingQuantity is not ListCost");
        assertThat(broken(good, "ChargeClass", "Correction")).isNotEmpty();
        assertThat(broken(good, "ConsumedUnit", "tokens")).isNotEmpty();
        assertThat(broken(good, "Tags", "{\"a\":[]}")).contains("Tags is nested");
        assertThat(broken(good, "ServiceCategory", "AI")).contains("ServiceCategory is AI");
        assertThat(broken(good, "PricingQuantity", null)).isNotEmpty();
        assertThat(broken(good, "ChargePeriodStart", "2026-10-07")).isNotEmpty();
        assertThat(FocusRules.violations(Profile.FOCUS_1_4, List.copyOf(good.keySet())))
                .contains("HostProviderName is missing", "ProviderName is no column of this version and has no prefix");
    }

    private static List<String> broken(Map<String, @Nullable String> good, String name, @Nullable String value) {
        Map<String, @Nullable String> row = new LinkedHashMap<>(good);
        row.put(name, value);
        try {
            return FocusRules.violations(row);
        } catch (java.time.DateTimeException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static FocusCharge random(Random random) {
        BigDecimal quantity = BigDecimal.valueOf(random.nextInt(2_000_000), random.nextInt(4));
        BigDecimal price = BigDecimal.valueOf(random.nextInt(1_000), random.nextInt(12));
        BigDecimal listPrice =
                random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(1_000), random.nextInt(12));
        Line line = random.nextInt(10) == 0
                ? null
                : new Line(
                        List.of("input", "output", "audio_second", "image").get(random.nextInt(4)),
                        List.of("token", "second", "image", "unit", "web_search_call")
                                .get(random.nextInt(5)),
                        quantity,
                        random.nextBoolean() ? null : BigDecimal.valueOf(random.nextInt(3) * 100_000L),
                        price,
                        listPrice);
        Sku sku = new Sku("openai", "m/" + random.nextInt(9), word(random), word(random), word(random));
        FocusCharge charge = new FocusCharge(
                LocalDate.parse("2026-10-01").plusDays(random.nextInt(31)),
                YearMonth.parse("2026-10"),
                false,
                "acme",
                word(random),
                word(random),
                sku,
                random.nextBoolean() ? "{}" : "{\"team\": \"\\\"=1\\n\", \"n\": \"x\"}",
                random.nextInt(20) == 0 ? null : "EUR",
                line,
                quantity.multiply(price),
                listPrice == null ? null : quantity.multiply(listPrice),
                1);
        return random.nextInt(4) == 0 ? adjusted(charge) : charge;
    }

    private static @Nullable String word(Random random) {
        return random.nextBoolean() ? null : "w" + random.nextInt(5);
    }

    private static FocusCharge adjusted(FocusCharge charge) {
        return new FocusCharge(
                charge.day(),
                charge.billed().plusMonths(1),
                true,
                charge.company(),
                charge.user(),
                charge.authId(),
                charge.sku(),
                charge.labels(),
                charge.currency(),
                charge.line(),
                charge.cost(),
                charge.listCost(),
                charge.rows());
    }

    private static FocusCharge with(
            FocusCharge charge, @Nullable Line line, BigDecimal cost, @Nullable BigDecimal listCost) {
        return new FocusCharge(
                charge.day(),
                charge.billed(),
                charge.adjustment(),
                charge.company(),
                charge.user(),
                charge.authId(),
                charge.sku(),
                charge.labels(),
                charge.currency(),
                line,
                cost,
                listCost,
                charge.rows());
    }

    private static Map<String, @Nullable String> row(Profile version, FocusCharge charge) {
        List<Column> columns = FocusColumns.of(version);
        List<@Nullable String> cells = FocusColumns.cells(version, charge, "Us, Inc.");
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i).name(), cells.get(i));
        }
        return row;
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
