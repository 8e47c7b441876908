package io.tollgate.quota.alert;

import io.tollgate.avro.Quota;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.StateName;
import org.jspecify.annotations.Nullable;

/**
 * Whom and what an alert is about.
 *
 * @param name of the count: a quota's state, or what the rule counts for itself
 * @param quota id, null where the rule counts for itself
 * @param provider where the scope is narrowed
 * @param model where the scope is narrowed
 * @param currency of a cost
 */
public record Subject(
        StateName name,
        @Nullable String quota,
        @Nullable String provider,
        @Nullable String model,
        String metric,
        @Nullable String currency) {

    public static Subject of(QuotaReading reading) {
        Quota quota = reading.quota();
        return new Subject(
                reading.name(),
                quota.getId(),
                quota.getScope().getProvider(),
                quota.getScope().getModel(),
                quota.getMetric(),
                quota.getCurrency());
    }

    /**
     * Of a rule that counts for itself.
     *
     * @param name one of its counts
     */
    public static Subject of(CompiledRule rule, StateName name) {
        return new Subject(
                name,
                null,
                rule.rule().getScope().getProvider(),
                rule.rule().getScope().getModel(),
                rule.metric().name(),
                rule.metric().currency());
    }
}
