package io.tollgate.gateway.admin;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Epoch µs, as records hold times, and RFC 3339, as JSON does. */
public final class Times {
    private Times() {}

    /** What a clock shows now. */
    public static long micros(Clock clock) {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /** A time as answers show it. */
    public static String text(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    static @Nullable String textOrNull(@Nullable Long micros) {
        return micros == null ? null : text(micros);
    }
}
