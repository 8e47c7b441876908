package io.tollgate.usageapi.database;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Up while PostgreSQL answers and the sink has made its tables. */
@Component
final class DatabaseHealthIndicator extends AbstractReactiveHealthIndicator {
    private final Database database;

    DatabaseHealthIndicator(Database database) {
        super("PostgreSQL does not answer");
        this.database = database;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        return database.inSnapshot(connection -> {
            try (var statement = connection.prepareStatement("SELECT count(*) FROM sink_progress");
                    var rows = statement.executeQuery()) {
                rows.next();
                return builder.up().build();
            }
        });
    }
}
