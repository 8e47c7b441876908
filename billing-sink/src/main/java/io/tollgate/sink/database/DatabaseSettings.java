package io.tollgate.sink.database;

import io.tollgate.schemas.database.DatabaseUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the database.
 *
 * @param url see {@link DatabaseUrl}
 * @param user where given, wins over the URL's
 * @param password where given, wins over the URL's
 * @param schema where the tables are; made by the migration
 * @param application as the server's list of connections shows it
 * @param poolSize most connections at once
 * @param maxLifetime after which a connection is replaced, so that none outlives a server that moved
 * @param connectionTimeout how long to wait for one; also for the server to answer at all
 */
public record DatabaseSettings(
        String url,
        @Nullable String user,
        @Nullable String password,
        String schema,
        String application,
        int poolSize,
        Duration maxLifetime,
        Duration connectionTimeout) {
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);
    /** Long enough for a busy pool, short enough for a readiness check. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);

    /** With the usual times. */
    public DatabaseSettings(
            String url,
            @Nullable String user,
            @Nullable String password,
            String schema,
            String application,
            int poolSize) {
        this(url, user, password, schema, application, poolSize, MAX_LIFETIME, CONNECTION_TIMEOUT);
    }

    /** Without the URL, which may hold the password. */
    @Override
    public String toString() {
        return application + ", schema " + schema;
    }
}
