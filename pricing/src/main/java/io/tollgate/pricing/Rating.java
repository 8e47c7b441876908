package io.tollgate.pricing;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatingState;
import java.util.List;
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
}
