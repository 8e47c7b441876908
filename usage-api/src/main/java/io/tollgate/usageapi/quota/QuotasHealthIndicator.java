package io.tollgate.usageapi.quota;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Up once quotas, their states and open reservations have been read: before, there is no answer about them. */
@Component
final class QuotasHealthIndicator extends AbstractHealthIndicator {
    private final QuotaTopics topics;

    QuotasHealthIndicator(QuotaTopics topics) {
        this.topics = topics;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(topics.book() == null ? "OUT_OF_SERVICE" : "UP");
    }
}
