package io.tollgate.usageapi.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.schemas.database.DatabaseUrl;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Read-only access to PostgreSQL. What is asked in one {@link Work} sees one state of all tables (REPEATABLE READ). The
 * server itself refuses writes on these connections, whatever the SQL.
 *
 * <p>Where there is a replica it is asked alone, and the primary only while no connection to the replica is to be had: a query
 * that failed there is not asked again here.
 */
@Component
public final class Database implements DisposableBean {
    private static final int QUEUED_AT_MOST = 256;

    /** Queries that belong together. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final HikariDataSource primary;
    private final @Nullable Replica replica;
    private final Scheduler scheduler;

    Database(UsageApiSettings settings, MeterRegistry meters) {
        primary = pool("usage-api", settings.postgres(), settings, meters);
        String url = settings.replica();
        replica = url == null || url.isBlank() ? null : new Replica(pool("usage-api-replica", url, settings, meters));
        this.scheduler = Schedulers.newBoundedElastic(settings.poolSize(), QUEUED_AT_MOST, "postgres");
    }

    /** Runs the work on a thread of its own, so that no query blocks the event loop. */
    public <T> Mono<T> inSnapshot(Work<T> work) {
        return Mono.fromCallable(() -> readSnapshot(work)).subscribeOn(scheduler);
    }

    /** Runs the work on the caller's thread. */
    public <T> T readSnapshot(Work<T> work) throws SQLException {
        try (Connection connection = connection()) {
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private Connection connection() throws SQLException {
        Connection fromReplica = replica == null ? null : replica.connection();
        return fromReplica == null ? primary.getConnection() : fromReplica;
    }

    /** Who answers at present: primary or replica. */
    String answeredBy() {
        return replica == null || replica.isAway() ? "primary" : "replica";
    }

    /** Where blocking work that uses the database belongs. */
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void destroy() {
        scheduler.dispose();
        primary.close();
        if (replica != null) {
            replica.close();
        }
    }

    private static void rollBack(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private static HikariDataSource pool(String name, String where, UsageApiSettings settings, MeterRegistry meters) {
        DatabaseUrl url = DatabaseUrl.parse(where);
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        config.setJdbcUrl(url.jdbc());
        config.setUsername(or(settings.postgresUser(), url.user()));
        config.setPassword(or(settings.postgresPassword(), url.password()));
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        // The service starts, and says in its health that it is not ready, while the database is away.
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.addDataSourceProperty("currentSchema", settings.schema());
        config.addDataSourceProperty("ApplicationName", "tollgate-usage-api");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty(
                "options",
                "-c default_transaction_read_only=on -c timezone=UTC -c jit=off -c statement_timeout="
                        + settings.queryTimeout().toMillis());
        return new HikariDataSource(config);
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }
}
