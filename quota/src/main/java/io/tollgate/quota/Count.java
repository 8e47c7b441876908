package io.tollgate.quota;

import io.tollgate.schemas.decimal.Decimal;

/**
 * What was used in a bucket, and how much of it a reset by hand has taken away. What was forgiven is never more than the
 * whole: a void of usage from before the reset does not make up for usage from after it.
 */
public record Count(Decimal whole, Decimal forgiven) {
    public static final Count NONE = new Count(Decimal.ZERO, Decimal.ZERO);

    public Count {
        if (forgiven.compareTo(whole) > 0) {
            forgiven = whole.signum() < 0 ? Decimal.ZERO : whole;
        }
    }

    public static Count of(Decimal whole) {
        return new Count(whole, Decimal.ZERO);
    }

    /** What counts. */
    public Decimal used() {
        return whole.plus(forgiven.negated());
    }

    public Count plus(Decimal amount) {
        return new Count(whole.plus(amount), forgiven);
    }

    /** Nothing of it counts any more. */
    public Count forgotten() {
        return new Count(whole, whole);
    }
}
