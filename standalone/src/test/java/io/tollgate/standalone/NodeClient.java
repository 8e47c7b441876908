package io.tollgate.standalone;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A script for Node with packages of npm, under {@code target}. Where they are not to be had the test is skipped. */
final class NodeClient {
    private static final Path SOURCE = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "node");
    private static final int INSTALL_SECONDS = 180;
    private static final int RUN_SECONDS = 60;

    private NodeClient() {}

    static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "calls.cjs")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Outcome node = run(Map.of(), RUN_SECONDS, "node", "--version");
        if (node.code() != 0) {
            abort("Node is not there: " + node.output());
        }
        Outcome npm = run(
                Map.of(),
                INSTALL_SECONDS,
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--loglevel=error");
        if (npm.code() != 0) {
            abort("npm did not install the packages of " + SOURCE + ": " + npm.output());
        }
    }

    /** Lines that the script printed. */
    static List<String> calls(Map<String, String> environment) throws IOException, InterruptedException {
        Outcome outcome = run(environment, RUN_SECONDS, "node", "calls.cjs");
        if (outcome.code() != 0) {
            throw new AssertionError("calls.cjs ended with " + outcome.code() + ": " + outcome.output());
        }
        return outcome.output().lines().toList();
    }

    private record Outcome(int code, String output) {}

    private static Outcome run(Map<String, String> environment, int seconds, String... command)
            throws IOException, InterruptedException {
        File output = Files.createTempFile("node", ".out").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
            return ended ? new Outcome(process.exitValue(), text) : new Outcome(-1, "not done in " + seconds + " s");
        } catch (IOException e) {
            return new Outcome(-1, e.toString());
        } finally {
            Files.delete(output.toPath());
        }
    }
}
