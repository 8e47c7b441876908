package io.tollgate.usageapi.alert;

import io.tollgate.avro.Alert;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A page of alerts, the newest first. */
public record AlertsBody(List<Item> items, @Nullable String nextCursor, String asOf) {

    /**
     * A crossing of a threshold, or its end.
     *
     * @param number of the crossing in its window
     * @param late the window had ended before
     * @param value what crossed, in the unit of the threshold
     * @param used the amount behind the value
     * @param webhooks who was to be told
     */
    public record Item(
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
            String at) {

        /** An alert as it was raised. */
        public static Item of(Alert alert) {
            return new Item(
                    alert.getId(),
                    alert.getRule(),
                    alert.getKind().name().toLowerCase(Locale.ROOT),
                    alert.getResolved(),
                    alert.getNumber(),
                    alert.getLate(),
                    alert.getCompany(),
                    alert.getUser(),
                    alert.getKey(),
                    alert.getProvider(),
                    alert.getModel(),
                    alert.getQuota(),
                    alert.getMetric(),
                    alert.getCurrency(),
                    Decimals.fromAvro(alert.getThreshold()).toString(),
                    Decimals.fromAvro(alert.getValue()).toString(),
                    Decimals.textOrNull(alert.getUsed()),
                    Decimals.textOrNull(alert.getLimit()),
                    time(alert.getWindowStart()),
                    time(alert.getWindowEnd()),
                    List.copyOf(alert.getWebhooks()),
                    time(alert.getAt()));
        }

        private static String time(long micros) {
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
        }
    }
}
