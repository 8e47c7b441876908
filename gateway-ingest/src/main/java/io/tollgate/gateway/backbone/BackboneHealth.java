package io.tollgate.gateway.backbone;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Part of readiness: connected, configuration known, and the brokers acknowledge. Never part of liveness. */
public final class BackboneHealth implements HealthIndicator {
    private final Connector connector;

    public BackboneHealth(Connector connector) {
        this.connector = connector;
    }

    @Override
    public Health health() {
        Backbone backbone = connector.backbone();
        if (backbone == null) {
            return Health.outOfService()
                    .withDetail("waits_for", connector.waitsFor())
                    .build();
        }
        Health.Builder health = backbone.isHealthy() ? Health.up() : Health.outOfService();
        return health.withDetail("configuration_read", backbone.knowsConfiguration())
                .withDetail("events_taken", backbone.takesEvents())
                .withDetail("admissions_decided", backbone.decidesAdmissions())
                .build();
    }
}
