package io.tollgate.chaos.part;

import io.tollgate.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/** PostgreSQL, with the ways in which it is brought down. */
public final class Database implements AutoCloseable {
    private static final long PAUSE_NANOS = 5_000_000;

    private final EmbeddedPostgres postgres;

    private Database(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static Database start(Path folder, int port) {
        return new Database(EmbeddedPostgres.start(folder, port));
    }

    /** How it is brought down. */
    public enum End {
        /** SIGKILL to the server and everything that works for it. */
        CRASH,
        /** SIGKILL to the server alone: what works for it notices when it is done with what it does. */
        POSTMASTER_KILLED,
        /** What {@code pg_ctl stop -m immediate} does: no checkpoint, the next start recovers. */
        IMMEDIATE_SHUTDOWN
    }

    /** Returns when the server is gone. */
    public void bringDown(End end) {
        long pid = postgres.pid();
        switch (end) {
            case CRASH -> postgres.kill();
            case POSTMASTER_KILLED -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            case IMMEDIATE_SHUTDOWN -> Signals.quit(pid);
        }
        while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Returns when it takes connections again. */
    public void start() {
        postgres.restart();
    }

    public Connection connect() throws SQLException {
        return postgres.connect();
    }

    public String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    public String user() {
        return postgres.user();
    }

    public String password() {
        return postgres.password();
    }

    /** The same database at another port of 127.0.0.1. */
    String jdbcUrlAt(int port) {
        return postgres.jdbcUrl().replace(":" + postgres.port() + "/", ":" + port + "/");
    }

    int port() {
        return postgres.port();
    }

    @Override
    public void close() {
        postgres.close();
    }
}
