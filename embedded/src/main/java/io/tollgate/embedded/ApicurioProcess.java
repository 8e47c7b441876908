package io.tollgate.embedded;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The real Apicurio Registry, from its {@code apicurio-registry-app:tar.gz:all} distribution, as a child process on a
 * free port of 127.0.0.1. Its storage is in memory, Apicurio's default: it is here to prove that our serdes and schemas
 * work with a registry that others run, not to keep anything.
 */
public final class ApicurioProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final int port;

    private ApicurioProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Returns when the registry answers.
     *
     * @param distribution the {@code .tar.gz}, or the folder that it was unpacked to
     * @param workDir for the unpacked distribution and {@code apicurio.log}
     */
    public static ApicurioProcess start(Path distribution, Path workDir) {
        try {
            Path work = Files.createDirectories(workDir.toAbsolutePath());
            Path home = Files.isDirectory(distribution) ? distribution : unpackOnce(distribution, work);
            int port = FreePorts.choose();
            Path log = work.resolve("apicurio.log");
            Process process = new ProcessBuilder(command(home, port))
                    .directory(work.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ApicurioProcess registry = new ApicurioProcess(process, port);
            try {
                registry.awaitReady(log);
                return registry;
            } catch (IOException | RuntimeException e) {
                registry.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("Apicurio did not start from " + distribution, e);
        }
    }

    /** {@code http://127.0.0.1:port}; it serves {@code /apis/registry/v3} and {@code /apis/ccompat/v7} below. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The Confluent interface, to be used as {@code EmbeddedRegistry.url()} is. */
    public String ccompatUrl() {
        return url() + "/apis/ccompat/v7";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path home, int port) throws IOException {
        try (Stream<Path> files = Files.walk(home, 3)) {
            Path runner = files.filter(file -> file.endsWith("quarkus-run.jar")
                            || file.getFileName().toString().matches("apicurio-registry-app-.*-runner\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no Apicurio to run in " + home));
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.port=" + port,
                    "-jar",
                    runner.toString());
        }
    }

    private static Path unpackOnce(Path archive, Path work) throws IOException {
        Path home = work.resolve("apicurio");
        if (Files.isDirectory(home)) {
            return home;
        }
        Path fresh = Files.createTempDirectory(work, "unpacking-");
        try (InputStream in = new GzipCompressorInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            TarFiles.unpack(in, fresh);
        }
        return Files.move(fresh, home);
    }

    private void awaitReady(Path log) throws IOException {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest probe = HttpRequest.newBuilder(URI.create(ccompatUrl() + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long start = System.nanoTime();
        while (!answers(http, probe)) {
            boolean tooLate = System.nanoTime() - start > START_LIMIT.toNanos();
            if (!process.isAlive() || tooLate) {
                throw new IOException(
                        "the registry " + (tooLate ? "was not ready in time" : "ended at once") + ", see " + log);
            }
        }
    }

    private static boolean answers(HttpClient http, HttpRequest probe) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
            return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Not listening yet.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Apicurio started", e);
        }
    }
}
