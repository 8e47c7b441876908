package io.tollgate.quota.alert;

import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.RunRate;
import io.tollgate.quota.Standing;
import io.tollgate.quota.Window;
import io.tollgate.schemas.decimal.Decimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What will have been used of a limit by the window's end if it goes on as so far. Without use it falls as time goes by,
 * so it is the one value that moves though nothing happens.
 */
public final class Forecast {
    private Forecast() {}

    /** In percent of the limit; nothing at the window's beginning. */
    static Level level(Standing standing, Window window, long now) {
        Decimal used = standing.used();
        Decimal limit = standing.limit();
        boolean isUnderWay = now >= RunRate.from(window);
        Decimal elapsed = Decimal.of(isUnderWay ? RunRate.elapsed(window, now) : RunRate.length(window));
        return new Level(
                used.times(Level.PER_CENT).times(Decimal.of(RunRate.length(window))),
                limit.times(elapsed),
                isUnderWay && (limit.signum() > 0 || used.signum() > 0),
                used,
                limit);
    }

    /**
     * When to look again though nothing is used, epoch µs: at the moment from which there is a forecast, or when it falls
     * below an open threshold; {@code Long.MAX_VALUE} if neither.
     */
    public static long nextLook(CompiledRule rule, QuotaReading reading, Marks marks, long now) {
        Window window = reading.window();
        long from = RunRate.from(window);
        if (now < from) {
            Level first = level(reading.standing(), window, from);
            return first.isAtLeast(rule.thresholds().get(0)) ? from : Long.MAX_VALUE;
        }
        long next = Long.MAX_VALUE;
        for (Decimal threshold : rule.thresholds()) {
            if (marks.isOpen(List.of(threshold))) {
                next = Math.min(next, fallsBelow(reading.standing(), window, threshold));
            }
        }
        return next < window.end() ? next : Long.MAX_VALUE;
    }

    /** The first moment at which the forecast is below, epoch µs. */
    private static long fallsBelow(Standing standing, Window window, Decimal threshold) {
        Decimal whole = standing.limit().times(threshold);
        if (whole.signum() <= 0) {
            return Long.MAX_VALUE;
        }
        Decimal amount = standing.used().times(Level.PER_CENT).times(Decimal.of(RunRate.length(window)));
        long elapsed = amount.toBigDecimal()
                .divide(whole.toBigDecimal(), 0, RoundingMode.FLOOR)
                .min(Decimal.of(RunRate.length(window)).toBigDecimal())
                .longValueExact();
        return window.start() + elapsed + 1;
    }
}
