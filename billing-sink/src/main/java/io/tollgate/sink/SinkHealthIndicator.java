package io.tollgate.sink;

import io.tollgate.schemas.database.RootMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready: every consumer has joined its group and can go on, and the database answers. */
@Component
class SinkHealthIndicator implements HealthIndicator {
    private static final int DATABASE_TIMEOUT_SECONDS = 2;

    private final Sink sink;
    private final DataSource database;

    SinkHealthIndicator(Sink sink, DataSource database) {
        this.sink = sink;
        this.database = database;
    }

    @Override
    public Health health() {
        Map<String, String> complaints = sink.complaints();
        String unreachable = databaseComplaint();
        if (unreachable != null) {
            complaints.put("database", unreachable);
        }
        return (complaints.isEmpty() ? Health.up() : Health.down())
                .withDetails(complaints)
                .build();
    }

    private @Nullable String databaseComplaint() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(DATABASE_TIMEOUT_SECONDS) ? null : "does not answer";
        } catch (SQLException e) {
            return RootMessage.of(e);
        }
    }
}
