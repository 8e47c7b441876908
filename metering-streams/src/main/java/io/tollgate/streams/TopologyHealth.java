package io.tollgate.streams;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready while the topology runs: not while it restores its stores, moves partitions, or has given up. */
@Component("topology")
final class TopologyHealth implements HealthIndicator {
    private final MeteringService service;

    TopologyHealth(MeteringService service) {
        this.service = service;
    }

    @Override
    public Health health() {
        Health.Builder health = service.isProcessing() ? Health.up() : Health.outOfService();
        return health.withDetail("state", service.condition()).build();
    }
}
