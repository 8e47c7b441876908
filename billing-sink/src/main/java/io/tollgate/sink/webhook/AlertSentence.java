package io.tollgate.sink.webhook;

import io.tollgate.avro.Alert;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** An alert in one sentence for people. */
final class AlertSentence {
    private AlertSentence() {}

    static String of(Alert alert) {
        return (alert.getResolved() ? "Resolved: " : "") + whose(alert) + ": " + what(alert) + ", in the window "
                + time(alert.getWindowStart()) + " to " + time(alert.getWindowEnd())
                + (alert.getLate() ? ", which had ended before." : ".");
    }

    private static String whose(Alert alert) {
        return alert.getCompany()
                + part(", user ", alert.getUser())
                + part(", key ", alert.getKey())
                + part(", provider ", alert.getProvider())
                + part(", model ", alert.getModel());
    }

    private static String what(Alert alert) {
        String value = text(alert.getValue());
        String threshold = text(alert.getThreshold());
        String kept = alert.getResolved() ? " (below " : " (threshold ";
        return switch (alert.getKind()) {
            case QUOTA_SHARE ->
                value + " % of quota " + alert.getQuota() + " is used" + amounts(alert) + kept + threshold + " %)";
            case FORECAST ->
                "quota " + alert.getQuota() + " is on its way to " + value + " % by its reset" + amounts(alert) + kept
                        + threshold + " %)";
            case SPEND -> unit(value, alert) + " spent" + kept + unit(threshold, alert) + ")";
            case SPIKE -> "spending is " + value + " times what is usual" + kept + threshold + ")";
            case ERROR_SHARE -> value + " % of the requests failed" + kept + threshold + " %)";
            case UNPRICED -> value + " requests without a price" + kept + threshold + ")";
            case UNKNOWN -> "rule " + alert.getRule() + " at " + value + kept + threshold + ")";
        };
    }

    /** {@code , 412.5 of 500 USD} */
    private static String amounts(Alert alert) {
        ExactDecimal used = alert.getUsed();
        ExactDecimal limit = alert.getLimit();
        return used == null || limit == null ? "" : ", " + text(used) + " of " + unit(text(limit), alert);
    }

    private static String unit(String amount, Alert alert) {
        String currency = alert.getCurrency();
        return amount + " " + (currency == null ? alert.getMetric() : currency);
    }

    private static String part(String name, @Nullable String value) {
        return value == null ? "" : name + value;
    }

    private static String text(ExactDecimal value) {
        return Decimals.fromAvro(value).toString();
    }

    private static Instant time(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
    }
}
