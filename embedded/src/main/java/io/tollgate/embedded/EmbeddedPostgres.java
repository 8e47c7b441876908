package io.tollgate.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    /** Long enough to recover after a crash: a gigabyte of WAL at worst. */
    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final PostgresFolder folder;
    private final PostmasterPid pidFile;
    private final PostgresAccount account;
    private final Path binaries;
    private final int port;
    private final String password;
    private final CompletableFuture<Integer> onExit = new CompletableFuture<>();
    private Process server;
    /** The process whose end was asked for, so that its exit is no surprise. */
    private volatile @Nullable Process dismissed;

    private EmbeddedPostgres(PostgresFolder folder, PostgresAccount account, Path binaries, int port)
            throws IOException {
        this.folder = folder;
        this.pidFile = new PostmasterPid(folder);
        this.account = account;
        this.binaries = binaries;
        this.port = port;
        this.password = folder.password();
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
        try {
            PostgresFolder kept = PostgresFolder.of(folder);
            Path binaries = PostgresBinaries.unpackOnce(account.binariesCache(kept.root()));
            kept.initializeOnce(binaries, account);
            new PostmasterPid(kept).stopOrphan();
            if (port != 0 && FreePorts.isBusy(port)) {
                throw new IOException("port " + port + " on 127.0.0.1 is busy");
            }
            EmbeddedPostgres postgres = new EmbeddedPostgres(kept, account, binaries, FreePorts.orFree(port));
            try {
                postgres.createDatabaseOnce();
                return postgres;
            } catch (Exception e) {
                postgres.close();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new EmbeddedServerException("PostgreSQL did not start in " + folder, e);
        }
    }

    /** Stops the server that a killed process left in the folder, if there is one: it holds its port, too. */
    public static void stopOrphan(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            new PostmasterPid(PostgresFolder.of(folder)).stopOrphan();
        } catch (IOException e) {
            throw new EmbeddedServerException("the PostgreSQL of an earlier start could not be stopped in " + folder, e);
        }
    }

    public String jdbcUrl() {
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
        close();
        try {
            server = launch();
        } catch (IOException e) {
            throw new EmbeddedServerException("PostgreSQL did not start again in " + folder.root(), e);
        }
    }

    /** A fast shutdown: open transactions are rolled back, everything committed is on disk. */
    @Override
    public void close() {
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
        folder.turnLogOver();
        Process process = new ProcessBuilder(
                        account.command(ownSession(PostgresSettings.command(binaries, folder, port))))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .start();
        awaitReady(process);
        CompletableFuture<Void> unused = process.onExit().thenAccept(ended -> {
            if (process != dismissed) {
                onExit.complete(ended.exitValue());
            }
        });
        return process;
    }

    private static List<String> ownSession(List<String> command) {
        boolean available = Stream.of("/usr/bin/setsid", "/bin/setsid").anyMatch(path -> new File(path).canExecute());
        return available ? Stream.concat(Stream.of("setsid"), command.stream()).toList() : command;
    }

    private void awaitReady(Process process) throws IOException {
        long start = System.nanoTime();
        while (!pidFile.saysReady(process.pid())) {
            boolean tooLate = System.nanoTime() - start > START_LIMIT_NANOS;
            if (!process.isAlive() || tooLate) {
                process.destroyForcibly();
                throw new IOException("the server " + (tooLate ? "was not ready in time" : "ended at once")
                        + "; the end of " + folder.log() + ":\n" + folder.lastLogLines());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(15);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while PostgreSQL started", e);
            }
        }
    }

    private void createDatabaseOnce() throws SQLException {
        String admin = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (Connection connection = DriverManager.getConnection(admin, PostgresFolder.SUPERUSER, password);
                Statement sql = connection.createStatement()) {
            if (isEmpty(sql, "SELECT 1 FROM pg_roles WHERE rolname = '" + OWNER + "'")) {
                // The password is hexadecimal, made by us: there is nothing to escape.
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
