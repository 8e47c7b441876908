package io.tollgate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL as a child process, with durable settings and a password: what it has committed survives a
 * {@code kill -9} of it, of this JVM, or of both. It is a direct child (no {@code pg_ctl}, which detaches), in a session
 * of its own where the system can do that, so that Ctrl-C in a terminal reaches the JVM alone and the services may
 * still write while they stop. After a {@code kill -9} of the JVM it lives on; the next start on its folder stops it first.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String DATABASE = "tollgate";
    private static final String OWNER = "tollgate";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final SingleInstanceLock lock;
    private final PostgresProgram program;
    private final int port;
    private final String password;
    private final CompletableFuture<Integer> onExit = new CompletableFuture<>();
    private Process server;
    /** The process whose end was asked for, so that its exit is no surprise. */
    private volatile @Nullable Process dismissed;

    private EmbeddedPostgres(SingleInstanceLock lock, PostgresProgram program, String password, int port)
            throws IOException {
        this.lock = lock;
        this.program = program;
        this.password = password;
        this.port = port;
        this.server = launch();
    }

    /** On a free port. */
    public static EmbeddedPostgres start(Path folder) {
        return start(folder, 0);
    }

    /**
     * Returns when the server takes connections and the database is there.
     *
     * @param folder made and initialised where it isn't yet
     * @param port on 127.0.0.1; 0 takes a free one
     */
    public static EmbeddedPostgres start(Path folder, int port) {
        return start(folder, port, PostgresAccount.choose());
    }

    static EmbeddedPostgres start(Path folder, int port, PostgresAccount account) {
        // Before all else: the server of a start that still runs must not be taken for an orphan.
        SingleInstanceLock lock = SingleInstanceLock.acquire(folder);
        try {
            return start(lock, PostgresFolder.of(folder), port, account);
        } catch (IOException | SQLException e) {
            lock.close();
            throw new EmbeddedServerException("PostgreSQL did not start in " + folder, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgres start(
            SingleInstanceLock lock, PostgresFolder folder, int port, PostgresAccount account)
            throws IOException, SQLException {
        Path binaries = PostgresBinaries.unpackOnce(account.binariesCache(folder.root()));
        folder.initializeOnce(binaries, account);
        new PostmasterPid(folder).stopOrphan();
        if (port != 0 && FreePorts.isBusy(port)) {
            throw new IOException("port " + port + " on 127.0.0.1 is busy");
        }
        PostgresProgram program = new PostgresProgram(binaries, folder, account);
        EmbeddedPostgres postgres = new EmbeddedPostgres(lock, program, folder.password(), FreePorts.orFree(port));
        try {
            postgres.createDatabaseOnce();
            return postgres;
        } catch (SQLException e) {
            postgres.stop();
            throw e;
        }
    }

    /**
     * Stops the server that a killed process left in the folder, if there is one: it holds its port, too. The server of
     * a process that lives is no orphan and is left alone.
     */
    public static void stopOrphan(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        SingleInstanceLock lock = SingleInstanceLock.tryAcquire(folder).orElse(null);
        if (lock == null) {
            return;
        }
        try (lock) {
            new PostmasterPid(PostgresFolder.of(folder)).stopOrphan();
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "the PostgreSQL of an earlier start could not be stopped in " + folder, e);
        }
    }

    /** How to reach a server, as the owner of its database. */
    public record Address(String jdbcUrl, String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return jdbcUrl;
        }
    }

    /** The server that runs on a folder, whichever process started it; empty where none does. */
    public static Optional<Address> running(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            PostgresFolder known = PostgresFolder.of(folder);
            OptionalInt port = new PostmasterPid(known).runningOn();
            return port.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Address(jdbcUrl(port.getAsInt()), OWNER, known.password()));
        } catch (IOException e) {
            throw new EmbeddedServerException("it can't be told whether a PostgreSQL runs in " + folder, e);
        }
    }

    public String jdbcUrl() {
        return jdbcUrl(port);
    }

    private static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** The owner of the database, no superuser. */
    public String user() {
        return OWNER;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return server.pid();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user(), password());
    }

    /** Completes with the exit code when the server ends without having been asked to. */
    public CompletableFuture<Integer> onExit() {
        return onExit;
    }

    /** As a crash would: SIGKILL to the server and all its backends. */
    public void kill() {
        dismissed = server;
        try {
            PostmasterPid.kill(server.toHandle());
        } catch (IOException e) {
            throw new EmbeddedServerException("PostgreSQL could not be killed", e);
        }
    }

    /** Starts again on the same port, after {@link #kill} or a death of its own; a running server is stopped first. */
    public void restart() {
        stop();
        try {
            server = launch();
        } catch (IOException e) {
            throw new EmbeddedServerException("PostgreSQL did not start again on port " + port, e);
        }
    }

    /** A fast shutdown: open transactions are rolled back, everything committed is on disk. */
    @Override
    public void close() {
        stop();
        lock.close();
    }

    private void stop() {
        dismissed = server;
        if (!server.isAlive()) {
            return;
        }
        try {
            PostmasterPid.stop(server.toHandle(), STOP_LIMIT);
        } catch (IOException e) {
            throw new EmbeddedServerException("PostgreSQL could not be stopped", e);
        }
    }

    private Process launch() throws IOException {
        Process process = program.launch(port);
        CompletableFuture<Void> unused = process.onExit().thenAccept(ended -> {
            if (process != dismissed) {
                onExit.complete(ended.exitValue());
            }
        });
        return process;
    }

    private void createDatabaseOnce() throws SQLException {
        String admin = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (Connection connection = DriverManager.getConnection(admin, PostgresFolder.SUPERUSER, password);
                Statement sql = connection.createStatement()) {
            if (isEmpty(sql, "SELECT 1 FROM pg_roles WHERE rolname = '" + OWNER + "'")) {
                // Where it fails, the log is to have the error and not the statement.
                sql.execute("SET log_min_error_statement = panic");
                // The password is tgp_ and hexadecimal digits, made by us: there is nothing to escape.
                sql.execute("CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + password + "'");
            }
            if (isEmpty(sql, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                sql.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
        }
    }

    private static boolean isEmpty(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            return !rows.next();
        }
    }
}
