package io.tollgate.usageapi.export;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What FOCUS asks of the columns that we have, written down from the specification and not from our code. A row's violations come
 * as sentences.
 */
final class FocusRules {
    private static final List<String> MANDATORY = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodStart",
            "BillingPeriodEnd",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "PricingQuantity",
            "PricingUnit",
            "ServiceCategory",
            "ServiceName");

    private static final List<String> MANDATORY_1_2 = List.of("ProviderName", "PublisherName");
    /** Since 1.3, in the place of those. */
    private static final List<String> MANDATORY_1_4 = List.of("ServiceProviderName", "HostProviderName");

    private static final Set<String> KNOWN_BESIDE = Set.of(
            "ChargeFrequency",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedUnitPrice",
            "ListUnitPrice",
            "PricingCategory",
            "RegionId",
            "RegionName",
            "ServiceSubcategory",
            "SkuId",
            "SkuMeter",
            "SkuPriceDetails",
            "SkuPriceId",
            "SubAccountId",
            "SubAccountName",
            "SubAccountType",
            "Tags");

    private static final Set<String> NEVER_NULL = Set.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodStart",
            "BillingPeriodEnd",
            "ChargeCategory",
            "ChargeDescription",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "ProviderName",
            "PublisherName",
            "ServiceProviderName",
            "HostProviderName",
            "ServiceCategory",
            "ServiceName",
            "ServiceSubcategory");

    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "ChargeCategory", Set.of("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
            "ChargeClass", Set.of("Correction"),
            "ChargeFrequency", Set.of("One-Time", "Recurring", "Usage-Based"),
            "PricingCategory", Set.of("Standard", "Dynamic", "Committed", "Other"),
            "ServiceCategory", Set.of("AI and Machine Learning"),
            "ServiceSubcategory",
                    Set.of(
                            "AI Platforms",
                            "Bots",
                            "Generative AI",
                            "Machine Learning",
                            "Natural Language Processing",
                            "Other (AI and Machine Learning)"));

    /** Not null of usage that corrects no earlier month. */
    private static final List<String> OF_USAGE = List.of(
            "PricingQuantity",
            "PricingUnit",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedUnitPrice",
            "PricingCategory",
            "SkuId",
            "SkuMeter",
            "SkuPriceId");

    private static final List<String> NUMBERS = List.of(
            "BilledCost",
            "EffectiveCost",
            "ContractedCost",
            "ListCost",
            "ListUnitPrice",
            "ContractedUnitPrice",
            "PricingQuantity",
            "ConsumedQuantity");

    private static final List<String> TIMES =
            List.of("BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd");

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E[+-]?\\d+)?");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern UNIT = Pattern.compile("[A-Z][A-Za-z0-9]*( [A-Z][A-Za-z0-9]*)*");

    private final Map<String, @Nullable String> row;
    private final List<String> violations = new ArrayList<>();

    private FocusRules(Map<String, @Nullable String> row) {
        this.row = row;
    }

    /** Of the columns alone. */
    static List<String> violations(Profile version, List<String> columns) {
        List<String> violations = new ArrayList<>();
        Set<String> present = new HashSet<>(columns);
        Set<String> expected = new HashSet<>(MANDATORY);
        expected.addAll(version == Profile.FOCUS_1_2 ? MANDATORY_1_2 : MANDATORY_1_4);
        expected.stream().filter(name -> !present.contains(name)).forEach(name -> violations.add(name + " is missing"));
        columns.stream()
                .filter(name -> !expected.contains(name) && !KNOWN_BESIDE.contains(name) && !name.startsWith("x_"))
                .forEach(name -> violations.add(name + " is no column of this version and has no prefix"));
        if (present.size() != columns.size()) {
            violations.add("a column is there twice");
        }
        return violations;
    }

    /** Of a row, by its columns. */
    static List<String> violations(Map<String, @Nullable String> row) {
        FocusRules rules = new FocusRules(row);
        rules.nullability();
        rules.values();
        rules.prices();
        rules.periods();
        return rules.violations;
    }

    private void nullability() {
        NEVER_NULL.forEach(name -> require(!row.containsKey(name) || value(name) != null, name + " is null"));
        boolean usage = is("ChargeCategory", "Usage");
        if (usage && value("ChargeClass") == null) {
            OF_USAGE.forEach(name -> require(value(name) != null, name + " of usage is null"));
        }
        if (!usage) {
            require(value("ConsumedQuantity") == null, "ConsumedQuantity of what is no usage");
        }
        both("ConsumedQuantity", "ConsumedUnit");
        both("PricingQuantity", "PricingUnit");
        both("SubAccountId", "SubAccountType");
        both("RegionId", "RegionName");
        require(value("SkuPriceId") != null || value("SkuPriceDetails") == null, "SkuPriceDetails without SkuPriceId");
    }

    private void values() {
        ALLOWED.forEach((name, allowed) -> {
            String value = value(name);
            require(value == null || allowed.contains(value), name + " is " + value);
        });
        NUMBERS.forEach(name -> matches(name, NUMBER));
        TIMES.forEach(name -> matches(name, TIME));
        matches("BillingCurrency", CURRENCY);
        matches("ConsumedUnit", UNIT);
        matches("PricingUnit", UNIT);
        keysAndValues("Tags", false);
        keysAndValues("SkuPriceDetails", true);
    }

    /** Unit prices make the costs, but in corrections, which may be of any of them. */
    private void prices() {
        BigDecimal quantity = number("PricingQuantity");
        if (value("ChargeClass") == null && quantity != null) {
            product("ListUnitPrice", "ListCost", quantity);
            product("ContractedUnitPrice", "ContractedCost", quantity);
        }
        if (value("ListUnitPrice") == null && value("ChargeClass") == null) {
            require(sameNumber("ListCost", "BilledCost"), "ListCost without a list price is not BilledCost");
        }
        for (String price : List.of("ListUnitPrice", "ContractedUnitPrice")) {
            BigDecimal amount = number(price);
            require(amount == null || amount.signum() >= 0, price + " is negative");
        }
        require(sameNumber("BilledCost", "EffectiveCost"), "nothing is prepaid, yet EffectiveCost is not BilledCost");
    }

    private void periods() {
        OffsetDateTime billingStart = time("BillingPeriodStart");
        OffsetDateTime billingEnd = time("BillingPeriodEnd");
        OffsetDateTime chargeStart = time("ChargePeriodStart");
        OffsetDateTime chargeEnd = time("ChargePeriodEnd");
        require(billingStart.isBefore(billingEnd), "the billing period ends before it begins");
        require(chargeStart.isBefore(chargeEnd), "the charge period ends before it begins");
        boolean inside = !chargeStart.isBefore(billingStart) && !chargeEnd.isAfter(billingEnd);
        require(inside == (value("ChargeClass") == null), "ChargeClass of " + chargeStart + " in " + billingStart);
    }

    private void product(String price, String cost, BigDecimal quantity) {
        BigDecimal unit = number(price);
        BigDecimal amount = number(cost);
        require(
                unit == null || (amount != null && unit.multiply(quantity).compareTo(amount) == 0),
                price + " x PricingQuantity is not " + cost);
    }

    private void keysAndValues(String name, boolean own) {
        String value = value(name);
        if (value == null) {
            return;
        }
        try {
            JsonNode object = JsonMapper.shared().readTree(value);
            require(object.isObject(), name + " is no object");
            object.properties().forEach(member -> {
                require(!member.getValue().isContainer(), name + " is nested");
                require(!own || member.getKey().startsWith("x_"), name + " has a key of no specification");
            });
        } catch (JacksonException e) {
            violations.add(name + " is no JSON");
        }
    }

    private void both(String one, String other) {
        require((value(one) == null) == (value(other) == null), one + " and " + other + " go together");
    }

    private void matches(String name, Pattern pattern) {
        String value = value(name);
        require(value == null || pattern.matcher(value).matches(), name + " is " + value);
    }

    private boolean sameNumber(String one, String other) {
        BigDecimal first = number(one);
        BigDecimal second = number(other);
        return first != null && second != null && first.compareTo(second) == 0;
    }

    private boolean is(String name, String value) {
        return value.equals(row.get(name));
    }

    private @Nullable BigDecimal number(String name) {
        String value = value(name);
        return value == null ? null : new BigDecimal(value);
    }

    private OffsetDateTime time(String name) {
        return OffsetDateTime.parse(String.valueOf(row.get(name)));
    }

    private @Nullable String value(String name) {
        return row.get(name);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
