package io.tollgate.chaos.load;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When events happen: now, but never at or after a price change that may not be in force everywhere yet. */
final class EventClock {
    private volatile @Nullable Instant ceiling;

    Instant now() {
        Instant now = Instant.now();
        Instant before = ceiling;
        return before == null || now.isBefore(before) ? now : before.minusMillis(1);
    }

    /** No event is to happen at this moment or later, until {@link #lift}. */
    void holdBefore(Instant change) {
        ceiling = change;
    }

    void lift() {
        ceiling = null;
    }
}
