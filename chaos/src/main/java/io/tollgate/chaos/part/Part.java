package io.tollgate.chaos.part;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process of the system, which can be killed, halted and started again with the same command. */
public final class Part implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final PartKind kind;
    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final File log;
    private final Await.Question ready;
    private volatile @Nullable Process process;

    Part(
            PartKind kind,
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Await.Question ready) {
        this.kind = kind;
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.log = log.toFile();
        this.ready = ready;
    }

    /** A JVM with this one's class path. */
    static List<String> java(String main, String heap, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dio.netty.leakDetection.level=disabled"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Leash.class.getName(), main));
        command.addAll(arguments);
        return command;
    }

    public PartKind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    /** Returns at once. */
    public void start() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " can't be started", e);
        }
    }

    /** Until it says itself that it is ready. */
    public void awaitReady(Duration limit) throws InterruptedException, TimeoutException {
        Await.until(name + " to be ready; its log is " + log, limit, () -> !isAlive() || ready.holds());
        if (!isAlive()) {
            throw new IllegalStateException(name + " has ended; its log is " + log);
        }
    }

    public boolean isAlive() {
        Process own = process;
        return own != null && own.isAlive();
    }

    /** Where it writes what it says. */
    public Path log() {
        return log.toPath();
    }

    /** Of the process that runs now, or ran last. */
    public long pid() {
        return running().pid();
    }

    /** Whether it says itself that it is ready. */
    public boolean isReady() throws Exception {
        return isAlive() && ready.holds();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** SIGTERM; returns when it is gone. */
    public void stop() throws InterruptedException {
        Process own = running();
        own.destroy();
        if (!own.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            own.destroyForcibly().waitFor();
        }
    }

    /** SIGSTOP. */
    public void halt() {
        Signals.stop(running().pid());
    }

    /** SIGCONT. */
    public void carryOn() {
        Signals.carryOn(running().pid());
    }

    private Process running() {
        Process own = process;
        if (own == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return own;
    }

    /** At once: what it has not written by now is not to matter. */
    @Override
    public void close() {
        Process own = process;
        if (own != null) {
            own.destroyForcibly().onExit().join();
        }
    }
}
