package io.tollgate.pricing;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatingState;
import io.tollgate.schemas.decimal.Decimals;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a price book makes of a usage.
 *
 * @param state RATED; UNPRICED where a counted dimension has no price; USAGE_MISSING where nothing was counted
 * @param code why it is unpriced: {@value #NO_PRICE}, {@value #MIXED_CURRENCY} or {@value #INCONSISTENT_USAGE}
 * @param lines one for each dimension, also of an unpriced usage, in the order of the usage
 * @param tokens sum over the lines whose unit is token
 * @param cost what the company is charged; null unless RATED
 * @param listCost what the vendor charges; null unless every line has a list price in the same currency
 * @param currency of cost; null where no price was found
 * @param priceVersion newest version of the book among the timelines used; null where none was
 */
public record Rating(
        RatingState state,
        @Nullable String code,
        List<LineItem> lines,
        ExactDecimal tokens,
        @Nullable ExactDecimal cost,
        @Nullable ExactDecimal listCost,
        @Nullable String currency,
        @Nullable Long priceVersion) {
    /** A dimension with a quantity has no price at the event's time. */
    public static final String NO_PRICE = "no_price";

    /** The counts of the vendor's body contradict each other. */
    public static final String INCONSISTENT_USAGE = "inconsistent_usage";

    /** The lines' prices are in different currencies. */
    public static final String MIXED_CURRENCY = "mixed_currency";

    /** The exact negative: quantities and amounts change their sign, prices stay. */
    public Rating negated() {
        return new Rating(
                state,
                code,
                lines.stream().map(Rating::negated).toList(),
                negated(tokens),
                negatedOrNull(cost),
                negatedOrNull(listCost),
                currency,
                priceVersion);
    }

    /** Whether one may stand for the other: all but the version of the book is equal. */
    public boolean amountsToTheSame(Rating other) {
        return state == other.state
                && Objects.equals(code, other.code)
                && lines.equals(other.lines)
                && tokens.equals(other.tokens)
                && Objects.equals(cost, other.cost)
                && Objects.equals(listCost, other.listCost)
                && Objects.equals(currency, other.currency);
    }

    private static LineItem negated(LineItem line) {
        return new LineItem(
                line.getDimension(),
                line.getUnit(),
                negated(line.getQuantity()),
                line.getListUnitPrice(),
                line.getUnitPrice(),
                line.getMultiplier(),
                line.getListMultiplier(),
                negatedOrNull(line.getListCost()),
                negatedOrNull(line.getCost()),
                line.getPriceItem(),
                line.getPriceMatch(),
                line.getTierFrom());
    }

    private static ExactDecimal negated(ExactDecimal value) {
        return Decimals.toAvro(Decimals.fromAvro(value).negated());
    }

    private static @Nullable ExactDecimal negatedOrNull(@Nullable ExactDecimal value) {
        return value == null ? null : negated(value);
    }
}
