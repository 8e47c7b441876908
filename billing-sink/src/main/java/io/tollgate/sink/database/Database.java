package io.tollgate.sink.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.schemas.database.DatabaseUrl;
import org.postgresql.PGProperty;

/**
 * The pool of connections. They come without auto-commit, with the schema on their
 * path, and with every limit set that keeps a dead peer from holding a thread or a lock: socket timeouts and keepalives
 * on our side, {@code idle_in_transaction_session_timeout} on the server's.
 */
public final class Database {
    /** Longer than any one statement of a batch; a server that is silent for that long is taken for dead. */
    private static final String SOCKET_TIMEOUT_SECONDS = "60";

    private static final String CONNECT_TIMEOUT_SECONDS = "5";
    /** Longer than the wait for a dead letter's ack, the one pause in a transaction. */
    private static final String IDLE_IN_TRANSACTION = "SET idle_in_transaction_session_timeout = '60s'";

    private Database() {}

    /** Opens lazily: a database that is down does not stop the start. */
    public static HikariDataSource pool(DatabaseSettings settings) {
        DatabaseUrl url = DatabaseUrl.parse(settings.url());
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.application());
        config.setJdbcUrl(url.jdbc());
        config.setUsername(settings.user() == null ? url.user() : settings.user());
        config.setPassword(settings.password() == null ? url.password() : settings.password());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(IDLE_IN_TRANSACTION);
        config.addDataSourceProperty(PGProperty.CURRENT_SCHEMA.getName(), settings.schema());
        config.addDataSourceProperty(PGProperty.APPLICATION_NAME.getName(), settings.application());
        config.addDataSourceProperty(PGProperty.TCP_KEEP_ALIVE.getName(), "true");
        config.addDataSourceProperty(PGProperty.CONNECT_TIMEOUT.getName(), CONNECT_TIMEOUT_SECONDS);
        config.addDataSourceProperty(PGProperty.SOCKET_TIMEOUT.getName(), SOCKET_TIMEOUT_SECONDS);
        return new HikariDataSource(config);
    }

    /** How a sink that writes into the schema is called in the server's list of connections. */
    public static String sinkOf(String schema) {
        return "billing-sink " + schema;
    }
}
