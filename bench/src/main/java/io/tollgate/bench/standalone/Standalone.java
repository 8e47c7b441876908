package io.tollgate.bench.standalone;

import io.tollgate.embedded.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** {@code ./tollgate up} in a process of its own, on free ports, until it is closed. */
public final class Standalone implements AutoCloseable {
    /** A build may be part of it. */
    private static final long READY_WITHIN_MINUTES = 15;

    private static final long STOPPED_WITHIN_SECONDS = 90;
    private static final String ADMIN_TOKEN = "TOLLGATE_ADMIN_TOKEN";
    private static final int PORTS = 7;
    /** Below those that systems give to whoever asks for any port. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 31_000;

    private final Path data;
    private final Process process;
    private final CompletableFuture<Long> saidReady = new CompletableFuture<>();
    private Duration startedIn = Duration.ZERO;

    private Standalone(Path data, Process process) {
        this.data = data;
        this.process = process;
    }

    /**
     * Returns when it has said that it is ready.
     *
     * @param data its folder, empty or one that another has left
     * @param more arguments of {@code up}
     */
    public static Standalone start(Path data, String... more) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("bench.home", "bench")).toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                home.resolveSibling("tollgate").toString(),
                "up",
                "--data",
                data.toString(),
                "--port-base",
                Integer.toString(freeBase())));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // It makes one of its own, which is then in its folder.
        builder.environment().remove(ADMIN_TOKEN);
        long begun = System.nanoTime();
        Standalone standalone = new Standalone(data, builder.start());
        try {
            standalone.awaitReady(begun);
            return standalone;
        } catch (IOException | InterruptedException e) {
            standalone.close();
            throw e;
        }
    }

    private void awaitReady(long begun) throws IOException, InterruptedException {
        Thread reader = new Thread(this::read, "tollgate up");
        reader.setDaemon(true);
        reader.start();
        try {
            startedIn = Duration.ofNanos(saidReady.get(READY_WITHIN_MINUTES, TimeUnit.MINUTES) - begun);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("./tollgate up was not ready; what it said is above", e);
        }
    }

    /** To its end: what nobody reads would hold it up. */
    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ready ")) {
                    saidReady.complete(System.nanoTime());
                }
            }
            saidReady.completeExceptionally(new IOException("it ended"));
        } catch (IOException e) {
            saidReady.completeExceptionally(e);
        }
    }

    /** From the start of the script to the line that says ready. */
    public Duration startedIn() {
        return startedIn;
    }

    public URI gateway() {
        return URI.create(endpoint("gateway"));
    }

    public URI usageApi() {
        return URI.create(endpoint("usage-api"));
    }

    URI sink() {
        return URI.create(endpoint("sink"));
    }

    /** A value of its file of endpoints. */
    String endpoint(String name) {
        Properties endpoints = new Properties();
        try (BufferedReader file = Files.newBufferedReader(data.resolve("endpoints"))) {
            endpoints.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String value = endpoints.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("its endpoints don't name " + name);
        }
        return value;
    }

    /** The file that the admin token is in. */
    public Path tokenFile() {
        return data.resolve("admin-token");
    }

    /** Of all its processes now. */
    Memory memory() throws IOException {
        return Memory.of(process.toHandle());
    }

    /** Lets it stop in order. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("./tollgate up did not stop and is killed");
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    /** The first of as many ports in a row as it takes, all free at this moment. */
    private static int freeBase() {
        return new Random()
                .ints(FIRST_PORT, LAST_PORT)
                .limit(LAST_PORT)
                .filter(base -> IntStream.range(base, base + PORTS).noneMatch(FreePorts::isBusy))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + PORTS + " free ports in a row"));
    }
}
