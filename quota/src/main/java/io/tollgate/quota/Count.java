package io.tollgate.quota;

import io.tollgate.schemas.decimal.Decimal;

/**
 * What was used in a bucket, and how much of it resets by hand have taken away.
 *
 * @param forgiven never more than the whole
 * @param forgivenUntil moment of the last reset, epoch µs: usage of until then that is taken back was forgiven already, and
 *     makes up for none of later; 0 where there was no reset
 */
public record Count(Decimal whole, Decimal forgiven, long forgivenUntil) {
    public static final Count NONE = new Count(Decimal.ZERO, Decimal.ZERO, 0);

    public Count {
        if (forgiven.compareTo(whole) > 0) {
            forgiven = orZero(whole);
        }
    }

    public static Count of(Decimal whole) {
        return new Count(whole, Decimal.ZERO, 0);
    }

    /** What counts. */
    public Decimal used() {
        return whole.plus(forgiven.negated());
    }

    /**
     * With usage, or with less of it.
     *
     * @param minute that it is of, epoch µs
     */
    public Count plus(Decimal amount, long minute) {
        boolean wasForgiven = amount.signum() < 0 && minute <= forgivenUntil;
        Decimal left = wasForgiven ? orZero(forgiven.plus(amount)) : forgiven;
        return new Count(whole.plus(amount), left, forgivenUntil);
    }

    /** Nothing of it counts any more. */
    public Count forgiven(long at) {
        return new Count(whole, whole, at);
    }

    private static Decimal orZero(Decimal value) {
        return value.signum() < 0 ? Decimal.ZERO : value;
    }
}
