package io.tollgate.quota;

import io.tollgate.schemas.decimal.Decimal;
import java.math.RoundingMode;

/** Going on as so far: a straight line from the window's beginning through what has been used, to its end. */
public final class RunRate {
    /** It is worth something once a twentieth of the window has gone by; before it would be a guess. */
    private static final int FROM = 20;

    private RunRate() {}

    /** The first moment at which it says something, epoch µs. */
    public static long from(Window window) {
        return window.start() + (length(window) + FROM - 1) / FROM;
    }

    /** How much of the window has gone by, µs: all of it once it is over. */
    public static long elapsed(Window window, long now) {
        return Math.min(now, window.end()) - window.start();
    }

    public static long length(Window window) {
        return window.end() - window.start();
    }

    /** What will have been used by the window's end; half up, to so many decimals. */
    public static Decimal atEnd(Decimal used, Window window, long now, int places) {
        return Decimal.of(used.times(Decimal.of(length(window)))
                .toBigDecimal()
                .divide(Decimal.of(elapsed(window, now)).toBigDecimal(), places, RoundingMode.HALF_UP));
    }
}
