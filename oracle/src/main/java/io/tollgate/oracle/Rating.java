package io.tollgate.oracle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a usage costs.
 *
 * @param state rated, unpriced, usage_missing
 */
record Rating(
        String state,
        @Nullable String code,
        List<Line> lines,
        BigDecimal tokens,
        @Nullable BigDecimal cost,
        @Nullable BigDecimal listCost,
        @Nullable String currency,
        @Nullable Long version) {

    record Line(
            String dimension,
            String unit,
            BigDecimal quantity,
            @Nullable BigDecimal listUnitPrice,
            @Nullable BigDecimal unitPrice,
            @Nullable BigDecimal multiplier,
            @Nullable BigDecimal listMultiplier,
            @Nullable BigDecimal listCost,
            @Nullable BigDecimal cost,
            @Nullable String priceItem,
            @Nullable String priceMatch,
            @Nullable BigDecimal tierFrom) {

        Line negative() {
            return new Line(
                    dimension,
                    unit,
                    quantity.negate(),
                    listUnitPrice,
                    unitPrice,
                    multiplier,
                    listMultiplier,
                    negated(listCost),
                    negated(cost),
                    priceItem,
                    priceMatch,
                    tierFrom);
        }

        /** Equal lines have equal texts. */
        String text() {
            return dimension + " " + Amount.text(quantity) + " " + unit
                    + " list " + Amount.text(listUnitPrice) + " x " + Amount.text(listMultiplier) + " = "
                    + Amount.text(listCost)
                    + ", own " + Amount.text(unitPrice) + " x " + Amount.text(multiplier) + " = " + Amount.text(cost)
                    + " by " + priceItem + " " + priceMatch + " from " + Amount.text(tierFrom);
        }
    }

    /** Quantities and amounts with the other sign; prices stay. */
    Rating negative() {
        return new Rating(
                state,
                code,
                lines.stream().map(Line::negative).toList(),
                tokens.negate(),
                negated(cost),
                negated(listCost),
                currency,
                version);
    }

    String linesText() {
        return String.join("; ", lines.stream().map(Line::text).toList());
    }

    /** Whether both say the same, be it by another version of the book. */
    boolean amountsTo(Rating other) {
        return state.equals(other.state)
                && Objects.equals(code, other.code)
                && linesText().equals(other.linesText())
                && Objects.equals(Amount.text(tokens), Amount.text(other.tokens))
                && Objects.equals(Amount.text(cost), Amount.text(other.cost))
                && Objects.equals(Amount.text(listCost), Amount.text(other.listCost))
                && Objects.equals(currency, other.currency);
    }

    static @Nullable BigDecimal negated(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.negate();
    }
}
