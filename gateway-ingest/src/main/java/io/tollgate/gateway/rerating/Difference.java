package io.tollgate.gateway.rerating;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
        boolean reversal = row.getKind() == RowKind.REVERSAL;
        List<LineItem> lines = reversal ? negated(row.getLines()) : row.getLines();
        Rating now = prices.rate(row.getCompany(), RowUsage.of(row, lines));
        return isTheSame(row, lines, now) || !selection.isOfTheModel(row, now.lines())
                ? null
                : new Difference(row, now);
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

    /** By the topology's own measure: what would be {@code no_effect} there is no difference here. */
    private static boolean isTheSame(RatedUsage row, List<LineItem> lines, Rating now) {
        boolean reversal = row.getKind() == RowKind.REVERSAL;
        return row.getState() == now.state()
                && Objects.equals(row.getCode(), now.code())
                && Objects.equals(row.getCurrency(), now.currency())
                && Objects.equals(reversal ? negated(row.getCost()) : row.getCost(), now.cost())
                && Objects.equals(reversal ? negated(row.getListCost()) : row.getListCost(), now.listCost())
                && lines.equals(now.lines());
    }

    private static List<LineItem> negated(List<LineItem> lines) {
        List<LineItem> all = new ArrayList<>(lines.size());
        for (LineItem line : lines) {
            all.add(LineItem.newBuilder(line)
                    .setQuantity(Decimals.toAvro(
                            Decimals.fromAvro(line.getQuantity()).negated()))
                    .setCost(negated(line.getCost()))
                    .setListCost(negated(line.getListCost()))
                    .build());
        }
        return all;
    }

    private static @Nullable ExactDecimal negated(@Nullable ExactDecimal amount) {
        return amount == null ? null : Decimals.toAvro(Decimals.fromAvro(amount).negated());
    }
}
