package io.tollgate.streams.dedupe;

import io.tollgate.avro.Charge;
import io.tollgate.avro.Entry;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.LineItem;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arithmetic on what an event is charged. */
final class Charges {
    private Charges() {}

    static Charge of(Entry live) {
        Charge charge = live.getCharge();
        if (charge == null) {
            throw new IllegalStateException("a live entry without a charge");
        }
        return charge;
    }

    /** Whether one may stand for the other: all but the row's place and the version of the book is equal. */
    static boolean amountToTheSame(Charge one, Charge other) {
        return one.getState() == other.getState()
                && Objects.equals(one.getCode(), other.getCode())
                && one.getLines().equals(other.getLines())
                && one.getTokens().equals(other.getTokens())
                && Objects.equals(one.getCost(), other.getCost())
                && Objects.equals(one.getListCost(), other.getListCost())
                && Objects.equals(one.getCurrency(), other.getCurrency());
    }

    /** The exact negative: quantities and amounts change their sign, prices stay. */
    static Charge negated(Charge charge, int sequence) {
        List<LineItem> lines = new ArrayList<>(charge.getLines().size());
        for (LineItem line : charge.getLines()) {
            lines.add(negated(line));
        }
        return new Charge(
                sequence,
                charge.getState(),
                charge.getCode(),
                lines,
                negated(charge.getTokens()),
                negatedOrNull(charge.getCost()),
                negatedOrNull(charge.getListCost()),
                charge.getCurrency(),
                charge.getPriceVersion());
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
