package io.tollgate.usageapi.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of alerts, the newest first. */
record AlertsBody(List<Item> items, @Nullable String nextCursor, String asOf) {

    /**
     * A crossing of a threshold, or its end.
     *
     * @param number of the crossing in its window
     * @param late the window had ended before
     * @param value what crossed, in the unit of the threshold
     * @param used the amount behind the value
     * @param webhooks who was to be told
     */
    record Item(
            String id,
            String rule,
            String kind,
            boolean resolved,
            int number,
            boolean late,
            String company,
            @Nullable String user,
            @Nullable String key,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String quota,
            String metric,
            @Nullable String currency,
            String threshold,
            String value,
            @Nullable String used,
            @Nullable String limit,
            String windowStart,
            String windowEnd,
            List<String> webhooks,
            String at) {}
}
