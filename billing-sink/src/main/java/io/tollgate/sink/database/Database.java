package io.tollgate.sink.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.schemas.database.DatabaseUrl;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of connections and the migration of the schema. Connections come without auto-commit, with the schema on their
 * path, and with every limit set that keeps a dead peer from holding a thread or a lock: socket timeouts and keepalives
 * on our side, {@code idle_in_transaction_session_timeout} on the server's.
 */
public final class Database {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    /** Longer than any one statement of a batch; a server that is silent for that long is taken for dead. */
    private static final String SOCKET_TIMEOUT_SECONDS = "60";

    private static final String CONNECT_TIMEOUT_SECONDS = "5";
    /** Longer than the wait for a dead letter's ack, the one pause in a transaction. */
    private static final String IDLE_IN_TRANSACTION = "SET idle_in_transaction_session_timeout = '60s'";
    /** Long enough for a busy pool, short enough for a readiness check. */
    private static final long BORROW_TIMEOUT_MS = 3_000;

    private Database() {}

    /** Opens lazily: a database that is down does not stop the start. */
    public static HikariDataSource pool(DatabaseSettings settings) {
        DatabaseUrl url = DatabaseUrl.parse(settings.url());
        HikariConfig config = new HikariConfig();
        config.setPoolName("billing-sink");
        config.setJdbcUrl(url.jdbc());
        config.setUsername(settings.user() == null ? url.user() : settings.user());
        config.setPassword(settings.password() == null ? url.password() : settings.password());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(BORROW_TIMEOUT_MS);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(IDLE_IN_TRANSACTION);
        config.addDataSourceProperty(PGProperty.CURRENT_SCHEMA.getName(), settings.schema());
        config.addDataSourceProperty(PGProperty.APPLICATION_NAME.getName(), "billing-sink");
        config.addDataSourceProperty(PGProperty.TCP_KEEP_ALIVE.getName(), "true");
        config.addDataSourceProperty(PGProperty.CONNECT_TIMEOUT.getName(), CONNECT_TIMEOUT_SECONDS);
        config.addDataSourceProperty(PGProperty.SOCKET_TIMEOUT.getName(), SOCKET_TIMEOUT_SECONDS);
        return new HikariDataSource(config);
    }

    /** Brings the schema up to date, making it where it is missing. Safe with several services at once. */
    public static void migrate(HikariDataSource pool, String schema) {
        MigrateResult result = Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        if (result.migrationsExecuted > 0) {
            log.info("schema {} is now at version {}", schema, result.targetSchemaVersion);
        }
    }
}
