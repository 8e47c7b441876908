package io.tollgate.usageapi.database;

import io.tollgate.schemas.database.RootMessage;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Up while PostgreSQL answers, the replica or the primary in its place, and the sink has made its tables. Someone asks every few seconds, so the log has a line
 * where the answer changes, and none for each.
 */
@Component
final class DatabaseHealthIndicator implements ReactiveHealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealthIndicator.class);
    private static final String NOTHING = "";

    private final Database database;
    private final AtomicReference<String> complaint = new AtomicReference<>(NOTHING);

    DatabaseHealthIndicator(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Health> health() {
        return database.inSnapshot(connection -> {
                    try (var statement = connection.prepareStatement("SELECT count(*) FROM sink_progress");
                            var rows = statement.executeQuery()) {
                        rows.next();
                        return NOTHING;
                    }
                })
                .onErrorResume(failure -> Mono.just(RootMessage.of(failure)))
                .map(this::health);
    }

    private Health health(String reason) {
        boolean up = reason.equals(NOTHING);
        if (!complaint.getAndSet(reason).equals(reason)) {
            if (up) {
                LOG.info("PostgreSQL answers");
            } else {
                LOG.warn("PostgreSQL can't be asked: {}", reason);
            }
        }
        return up
                ? Health.up().withDetail("answered_by", database.answeredBy()).build()
                : Health.down().withDetail("error", reason).build();
    }
}
