package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import org.jspecify.annotations.Nullable;

/** Tokens written to a cache, by how long they stay there: Anthropic's models, on Bedrock too. */
final class CacheWrites {
    private CacheWrites() {}

    /** Where nothing tells how long, though there are two prices: the documented default is five minutes, flagged. */
    static void add(Tally tally, @Nullable Decimal written) {
        add(tally, written, Decimal.ZERO, Decimal.ZERO);
    }

    /**
     * Where the body tells how long. What the two leave of {@code written} stays for the default, and is flagged.
     *
     * @param written both together; null where the body has their split alone
     */
    static void add(Tally tally, @Nullable Decimal written, Decimal fiveMinutes, Decimal oneHour) {
        Decimal split = fiveMinutes.plus(oneHour);
        Decimal rest = tally.rest("cache writes", written == null ? split : written, split);
        if (!rest.isZero()) {
            tally.settled("of " + written + " cache writes only " + split + " have a lifetime: the rest counts at 5m");
        }
        tally.addIfAny("cache_write_5m", fiveMinutes.plus(rest)).addIfAny("cache_write_1h", oneHour);
    }
}
