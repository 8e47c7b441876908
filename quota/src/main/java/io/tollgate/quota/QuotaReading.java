package io.tollgate.quota;

import io.tollgate.avro.Quota;

/**
 * How a quota stands for somebody in one window, after something has changed it: usage, its limit, a reset, time.
 *
 * @param window the one that moved; one that ended before {@code at} was moved by a late event or a correction
 * @param at epoch µs
 */
public record QuotaReading(Quota quota, StateName name, Window window, Standing standing, long at) {
    /** Whether the window was over when it moved. */
    public boolean isLate() {
        return window.end() <= at;
    }
}
