package io.tollgate.chaos.part;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One process of the system, which can be killed, halted and started again with the same command; {@code restart: always}. */
public final class Part implements AutoCloseable {
    /** What a service gives itself, and some time for a busy machine. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private static final int TERMINATED = 128 + 15;
    /** A service that can't help itself any more ends with it, to be started again by whoever runs it. */
    private static final int LAST_RESORT = 70;

    private static final Pattern MOST_MEMORY = Pattern.compile("VmHWM:\\s+(\\d+) kB");

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
                "-XX:+ExitOnOutOfMemoryError",
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
            Process own = builder.start();
            process = own;
            Future<Void> unused = own.onExit().thenAccept(ended -> {
                if (ended.exitValue() == LAST_RESORT) {
                    System.out.println("chaos: " + name + " has ended by itself and is started again");
                    start();
                }
            });
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

    /** SIGTERM; returns at once. */
    public void terminate() {
        // By its handle: the process's own method closes its input, too, and the leash ends it at once.
        if (!running().toHandle().destroy()) {
            throw new IllegalStateException("SIGTERM to " + name + " failed");
        }
    }

    /**
     * Until it has ended by itself, as SIGTERM makes a JVM end.
     *
     * @throws TimeoutException if it goes on for longer than any service may
     */
    public void awaitEnd() throws InterruptedException, TimeoutException {
        Process own = running();
        if (!own.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new TimeoutException(name + " goes on " + STOP_LIMIT + " after SIGTERM; its log is " + log);
        }
        if (own.exitValue() != TERMINATED) {
            throw new IllegalStateException(
                    name + " ended with " + own.exitValue() + " and not of SIGTERM; its log is " + log);
        }
    }

    /** The most memory that the process has had so far, in MB; 0 where there is no /proc to ask, or no process. */
    public long mostMemoryMb() {
        try {
            Matcher kilobytes = MOST_MEMORY.matcher(
                    Files.readString(Path.of("/proc", Long.toString(running().pid()), "status")));
            return kilobytes.find() ? Long.parseLong(kilobytes.group(1)) >> 10 : 0;
        } catch (IOException e) {
            return 0;
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
