package io.tollgate.standalone;

import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.secret.AdminToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * {@code tollgate up} as a process of its own, so that {@code kill -9} is real. It runs this test's own class path,
 * hence the very classes under test.
 */
final class TollgateProcess implements AutoCloseable {
    private static final String PRICE_BOOK = "TOLLGATE_PRICE_BOOK";

    private final Process process;
    private final PortPlan ports;
    private final Path data;
    private final Path output;

    private TollgateProcess(Process process, PortPlan ports, Path data, Path output) {
        this.process = process;
        this.ports = ports;
        this.data = data;
        this.output = output;
    }

    /** Without a price; returns at once; {@link #awaitReady} or {@link #awaitExit} follow. */
    static TollgateProcess start(Path data, int portBase, String... more) {
        return start(data, portBase, Map.of(), more);
    }

    /** As a user starts it, with the shipped price book. */
    static TollgateProcess startWithPrices(Path data, int portBase) {
        return start(data, portBase, Map.of(PRICE_BOOK, "shipped"));
    }

    /** With settings of its own in its environment. */
    static TollgateProcess start(Path data, int portBase, Map<String, String> environment, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Tollgate.class.getName(),
                "up",
                "--data",
                data.toString(),
                "--port-base",
                Integer.toString(portBase)));
        command.addAll(List.of(more));
        try {
            Path output = Files.createTempFile("tollgate-up", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().remove(AdminToken.VARIABLE);
            builder.environment().put(PRICE_BOOK, "none");
            builder.environment().putAll(environment);
            return new TollgateProcess(builder.start(), PortPlan.from(portBase), data, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seven free ports in a row: the lowest of them. */
    static int freePortBase() {
        for (int base = 21_000 + (int) (ProcessHandle.current().pid() % 500) * 20;
                base < 60_000;
                base += PortPlan.COUNT) {
            try {
                PortPlan.from(base).requireFree();
                return base;
            } catch (StartRefusedException taken) {
                // The next seven, then.
            }
        }
        throw new IllegalStateException("no seven free ports in a row");
    }

    TollgateProcess awaitReady(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!output().contains("\nready ")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("not ready; it said:\n" + output());
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        return this;
    }

    int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running; it said:\n" + output());
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL, to the JVM alone: its PostgreSQL lives on as an orphan. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    long pid() {
        return process.pid();
    }

    URI gateway() {
        return Service.GATEWAY.url(ports);
    }

    URI usageApi() {
        return Service.USAGE_API.url(ports);
    }

    /** Of its servers. */
    Endpoints endpoints() throws IOException {
        return Objects.requireNonNull(Endpoints.read(new DataFolder(data).endpoints()));
    }

    String adminToken() throws IOException {
        return Files.readString(new DataFolder(data).adminToken()).strip();
    }

    /** The database of its data folder, as its owner. */
    PostgresBooks books() throws IOException, SQLException {
        String password = Files.readString(new DataFolder(data).postgres().resolve("password"));
        return new PostgresBooks(
                "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/tollgate", "tollgate", password.strip());
    }

    String output() {
        try {
            return "\n" + Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves nothing running: a killed JVM's PostgreSQL is stopped, too. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        EmbeddedPostgres.stopOrphan(new DataFolder(data).postgres());
        KeptLogs.of(data, output);
    }
}
