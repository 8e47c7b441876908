package io.tollgate.gateway.rerating;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * What changes if a row of the ledger is rated again. Of a reversal it is the exact negative of what it is of the row
 * that was reversed: so the sum over all rows is the sum over the events in force, and nobody need know which those
 * are.
 *
 * @param row as it stands
 * @param now the charge of the event by the book of now
 */
record Difference(RatedUsage row, Rating now) {

    /** Null where the row is not meant, or costs the same by the book of now. */
    static @Nullable Difference of(RatedUsage row, Selection selection, Prices prices) {
        if (!selection.includes(row)) {
            return null;
        }
        Rating then = then(row);
        Rating now = prices.rate(row.getCompany(), RowUsage.of(row, then.lines()));
        // By the topology's own measure: what would be no_effect there is no difference here.
        return then.amountsToTheSame(now) || !selection.isOfTheModel(row, now.lines())
                ? null
                : new Difference(row, now);
    }

    /** What the event was charged by the row, also where the row takes that back. */
    private static Rating then(RatedUsage row) {
        Rating said = new Rating(
                row.getState(),
                row.getCode(),
                row.getLines(),
                row.getTokens(),
                row.getCost(),
                row.getListCost(),
                row.getCurrency(),
                row.getPriceVersion());
        return row.getKind() == RowKind.REVERSAL ? said.negated() : said;
    }

    /** Whether the row counts an event, and its event is therefore to be rated again. */
    boolean countsAnEvent() {
        return row.getRequests() > 0;
    }

    /** 1, and -1 of a reversal. */
    int events() {
        return countsAnEvent() ? 1 : -1;
    }

    boolean isNewlyPriced() {
        return row.getState() != RatingState.RATED && now.state() == RatingState.RATED;
    }

    boolean isNoLongerPriced() {
        return row.getState() == RatingState.RATED && now.state() != RatingState.RATED;
    }

    Decimal costBefore() {
        return orZero(row.getCost());
    }

    Decimal costAfter() {
        return signed(now.cost());
    }

    Decimal listCostBefore() {
        return orZero(row.getListCost());
    }

    Decimal listCostAfter() {
        return signed(now.listCost());
    }

    private Decimal signed(@Nullable ExactDecimal amount) {
        Decimal value = orZero(amount);
        return countsAnEvent() ? value : value.negated();
    }

    private static Decimal orZero(@Nullable ExactDecimal amount) {
        return amount == null ? Decimal.ZERO : Decimals.fromAvro(amount);
    }
}
