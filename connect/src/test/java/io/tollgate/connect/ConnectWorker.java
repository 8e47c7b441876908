package io.tollgate.connect;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code connect-standalone.sh} as a process of its own. Of the tests' class path it is given what a worker has; what the
 * plugin must bring itself is left out.
 */
final class ConnectWorker {
    private static final Pattern PLUGINS_OWN = Pattern.compile(
            ".*/(classes|test-classes|(schemas|embedded)-[^/]*\\.jar|org/apache/avro/.*|tools/jackson/.*|io/micrometer/.*)");

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private @Nullable Process process;

    /** @param files the worker's properties and the connectors' files */
    ConnectWorker(List<Path> files, Map<String, String> environment, Path log) {
        command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                // Far from UTC: what depends on the worker's zone is wrong.
                "-Duser.timezone=America/New_York",
                "-Dlogback.configurationFile=" + Path.of("src", "test", "resources", "logback-test.xml"),
                "-cp",
                workersClasses(),
                "org.apache.kafka.connect.cli.ConnectStandalone"));
        files.forEach(file -> command.add(file.toString()));
        this.environment = environment;
        this.log = log;
    }

    private static String workersClasses() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !PLUGINS_OWN
                        .matcher(entry.replace(File.separatorChar, '/'))
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The end of what it has said. */
    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
