package io.tollgate.pricing;

import io.tollgate.avro.PriceItem;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a price item must be to enter the book. Whatever passes here can be looked up and multiplied without a failure. */
public final class PriceItemRules {
    /** Most decimals of a unit price or a multiplier. */
    public static final int MAX_DECIMALS = 24;

    private static final Pattern DIMENSION = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private PriceItemRules() {}

    /**
     * One broken rule.
     *
     * @param field of the item, as JSON spells it
     * @param detail for people: what is wrong and what to do
     */
    public record Violation(String field, String detail) {}

    /** Every rule that the item breaks; empty where it may go in. */
    public static List<Violation> check(PriceItem item) {
        List<Violation> found = new ArrayList<>();
        boolean isMultiplier = item.getMultiplier() != null;
        if (isMultiplier == (item.getUnitPrice() != null)) {
            found.add(new Violation("unit_price", "an item has either a unit_price or a multiplier"));
        } else if (isMultiplier) {
            checkMultiplier(item, found);
        } else {
            checkPrice(item, found);
        }
        checkTimes(item, found);
        return found;
    }

    private static void checkPrice(PriceItem item, List<Violation> found) {
        if (!DIMENSION.matcher(item.getDimension()).matches()) {
            found.add(new Violation(
                    "dimension", "'" + item.getDimension() + "' is no dimension: use a-z, 0-9 and _, up to 64"));
        }
        Decimal price = Decimals.fromAvro(item.getUnitPrice());
        if (price.signum() < 0 || price.scale() > MAX_DECIMALS) {
            found.add(new Violation(
                    "unit_price", price + " must not be negative nor have more than " + MAX_DECIMALS + " decimals"));
        }
        String currency = item.getCurrency();
        if (currency == null || !CURRENCY.matcher(currency).matches()) {
            found.add(new Violation("currency", "'" + currency + "' is no currency: three capitals, USD say"));
        }
        if (!item.getWhen().isEmpty()) {
            found.add(new Violation("when", "belongs to multipliers; a price has region, service_tier and variant"));
        }
        if (Decimals.fromAvro(item.getTierFrom()).signum() < 0) {
            found.add(new Violation("tier_from", "must not be negative"));
        }
        checkUnit(item, found);
        checkTierBasis(item, found);
    }

    /** A price of a million tokens that is taken for one token's is a bill a million times too high. */
    private static void checkUnit(PriceItem item, List<Violation> found) {
        String unit = item.getUnit();
        if (unit != null && Units.isToken(item.getDimension()) && !unit.equals(Units.TOKEN)) {
            found.add(new Violation(
                    "unit",
                    "'" + unit + "' does not fit " + item.getDimension()
                            + ", which is counted in tokens: give the price of one token, and 'token' or no unit"));
        }
    }

    /** A basis that no event ever has would leave the tier without effect, and nobody would know. */
    private static void checkTierBasis(PriceItem item, List<Violation> found) {
        String basis = item.getTierBasis();
        if (!basis.equals(TierBasis.INPUT_TOKENS) && !basis.equals(item.getDimension()) && !Units.isToken(basis)) {
            found.add(new Violation(
                    "tier_basis",
                    "'" + basis + "' is no basis: use " + TierBasis.INPUT_TOKENS
                            + " (the whole prompt), the item's own dimension or another one of tokens"));
        }
    }

    private static void checkMultiplier(PriceItem item, List<Violation> found) {
        String dimension = item.getDimension();
        boolean pattern = dimension.equals(Multiplier.ALL) || dimension.equals(Multiplier.ALL_TOKENS);
        if (!pattern && !DIMENSION.matcher(dimension).matches()) {
            found.add(new Violation("dimension", "'" + dimension + "' is neither a dimension nor * nor *token"));
        }
        Decimal factor = Decimals.fromAvro(item.getMultiplier());
        if (factor.signum() <= 0 || factor.scale() > MAX_DECIMALS) {
            found.add(new Violation(
                    "multiplier", factor + " must be above 0 and have no more than " + MAX_DECIMALS + " decimals"));
        }
        for (String condition : item.getWhen().keySet()) {
            if (!Multiplier.CONDITIONS.contains(condition)) {
                found.add(new Violation(
                        "when", "'" + condition + "' is no condition; known are " + Multiplier.CONDITIONS));
            }
        }
        narrowed("region", item.getRegion(), found);
        narrowed("variant", item.getVariant(), found);
        narrowed("time_window_utc", item.getTimeWindowUtc(), found);
    }

    /** One place to say when a multiplier applies, so that no item says it twice and differently. */
    private static void narrowed(String field, @Nullable String value, List<Violation> found) {
        if (value != null) {
            found.add(new Violation(field, "a multiplier is narrowed by 'when'"));
        }
    }

    private static void checkTimes(PriceItem item, List<Violation> found) {
        Long end = item.getEffectiveTo();
        if (end != null && end <= item.getEffectiveFrom()) {
            found.add(new Violation("effective_to", "must be after effective_from"));
        }
        String window = item.getTimeWindowUtc();
        if (window != null) {
            try {
                DailyWindow.parse(window);
            } catch (IllegalArgumentException e) {
                found.add(new Violation("time_window_utc", String.valueOf(e.getMessage())));
            }
        }
    }
}
