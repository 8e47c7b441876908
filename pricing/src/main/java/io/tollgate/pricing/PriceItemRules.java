package io.tollgate.pricing;

import io.tollgate.avro.ModelName;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /**
     * Demands that everything of a timeline may enter the book, whoever wrote it.
     *
     * @throws IllegalArgumentException with the first rule that is broken
     */
    public static void require(PriceTimeline timeline) {
        for (PriceItem item : timeline.getItems()) {
            for (Violation broken : check(item)) {
                throw new IllegalArgumentException(broken.field() + ": " + broken.detail());
            }
        }
    }

    /** Every rule that the item breaks; empty where it may go in. */
    public static List<Violation> check(PriceItem item) {
        List<Violation> found = new ArrayList<>();
        boolean areNumbers = Stream.of(item.getUnitPrice(), item.getMultiplier(), item.getTierFrom())
                .filter(Objects::nonNull)
                .allMatch(Decimals::mayBeGiven);
        if (!areNumbers) {
            found.add(new Violation("unit_price", "a number that is absurdly long"));
            return found;
        }
        long saysWhatItIs = Stream.of(item.getUnitPrice(), item.getMultiplier(), item.getAliasOf())
                .filter(Objects::nonNull)
                .count();
        if (saysWhatItIs != 1) {
            found.add(new Violation("unit_price", "an item has one of unit_price, multiplier and alias_of"));
        } else {
            switch (LadderKey.Kind.of(item)) {
                case PRICE -> checkPrice(item, found);
                case MULTIPLIER -> checkMultiplier(item, found);
                case ALIAS -> checkAlias(item, found);
            }
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
        if (price.signum() < 0) {
            found.add(new Violation("unit_price", price + " is negative"));
        }
        checkDecimals("unit_price", price, found);
        String currency = item.getCurrency();
        if (currency == null) {
            found.add(new Violation("currency", "is required, USD say"));
        } else if (!CURRENCY.matcher(currency).matches()) {
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
        if (factor.signum() <= 0) {
            found.add(new Violation("multiplier", factor + " is not above 0"));
        }
        checkDecimals("multiplier", factor, found);
        for (String condition : item.getWhen().keySet()) {
            if (!Multiplier.CONDITIONS.contains(condition)) {
                found.add(new Violation(
                        "when", "'" + condition + "' is no condition; known are " + Multiplier.CONDITIONS));
            }
        }
        String whereElse = "a multiplier is narrowed by 'when'";
        absent("region", item.getRegion(), whereElse, found);
        absent("variant", item.getVariant(), whereElse, found);
        absent("time_window_utc", item.getTimeWindowUtc(), whereElse, found);
    }

    private static void checkAlias(PriceItem item, List<Violation> found) {
        ModelName target = item.getAliasOf();
        if (target.getProvider().isBlank() || target.getModel().isBlank()) {
            found.add(new Violation("alias_of", "names a provider and a model, {\"provider\":…,\"model\":…}"));
        } else if (ModelNames.isPattern(target.getProvider()) || ModelNames.isPattern(target.getModel())) {
            found.add(new Violation("alias_of", "names one model, not a pattern of several"));
        }
        String all = "an alias is for all that its model is used for";
        absent("region", item.getRegion(), all, found);
        absent("variant", item.getVariant(), all, found);
        absent("time_window_utc", item.getTimeWindowUtc(), all, found);
        absent("currency", item.getCurrency(), all, found);
        absent("unit", item.getUnit(), all, found);
        if (!item.getDimension().equals(Multiplier.ALL)) {
            found.add(new Violation("dimension", all));
        }
        if (!item.getWhen().isEmpty()) {
            found.add(new Violation("when", all));
        }
    }

    /**
     * A name that items are posted for, or null where it is fine: {@code *} is only at the end, of a price only, and then
     * it is what an operator decides of models that nobody has named.
     *
     * @return for people: what is wrong and what to do
     */
    public static @Nullable String objectionToModel(String model, PriceItem item, boolean isCompanys) {
        int star = model.indexOf(ModelNames.WILDCARD);
        if (star < 0) {
            return null;
        }
        if (star < model.length() - 1) {
            return "'*' stands at the end alone: gpt-5* is for every model whose name begins so";
        }
        if (item.getAliasOf() != null) {
            return "an alias is one model's";
        }
        if (item.getMultiplier() != null && (!isCompanys || star > 0)) {
            return "only a company's multiplier is for every model, and then for '*'";
        }
        return null;
    }

    private static void checkDecimals(String field, Decimal value, List<Violation> found) {
        if (value.scale() > MAX_DECIMALS) {
            found.add(
                    new Violation(field, "has " + value.scale() + " decimals, at most " + MAX_DECIMALS + " are kept"));
        }
    }

    /** One place to say when an item applies, so that none says it twice and differently. */
    private static void absent(String field, @Nullable String value, String why, List<Violation> found) {
        if (value != null) {
            found.add(new Violation(field, why));
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
