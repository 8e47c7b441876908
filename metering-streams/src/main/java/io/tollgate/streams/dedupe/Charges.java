package io.tollgate.streams.dedupe;

import io.tollgate.avro.Charge;
import io.tollgate.avro.Entry;
import io.tollgate.pricing.Rating;

/** What an event is charged, as its row and as a rating. */
final class Charges {
    private Charges() {}

    static Charge of(Entry live) {
        Charge charge = live.getCharge();
        if (charge == null) {
            throw new IllegalStateException("a live entry without a charge");
        }
        return charge;
    }

    /** A row's charge. */
    static Charge of(Rating rating, int sequence) {
        return new Charge(
                sequence,
                rating.state(),
                rating.code(),
                rating.lines(),
                rating.tokens(),
                rating.cost(),
                rating.listCost(),
                rating.currency(),
                rating.priceVersion());
    }

    /** All that a charge says but its row's place. */
    static Rating rating(Charge charge) {
        return new Rating(
                charge.getState(),
                charge.getCode(),
                charge.getLines(),
                charge.getTokens(),
                charge.getCost(),
                charge.getListCost(),
                charge.getCurrency(),
                charge.getPriceVersion());
    }
}
