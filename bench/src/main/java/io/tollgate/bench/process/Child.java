package io.tollgate.bench.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with the same class path that answers commands, line by line, over its standard input and output. It ends when
 * its input does, so it never outlives this process.
 */
public final class Child implements AutoCloseable {
    private static final long CLOSE_SECONDS = 60;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final String ready;

    private Child(String name, Process process) throws IOException {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.ready = answer();
    }

    /**
     * Returns when the child is ready.
     *
     * @param main its main class, which talks through {@link Conversation}
     * @param folder where it runs and may leave files
     */
    public static Child start(Class<?> main, String heap, Path folder, List<String> arguments) throws IOException {
        return start(main, heap, folder, arguments, Map.of());
    }

    /** The same, with what nobody is to see in a list of processes. */
    static Child start(Class<?> main, String heap, Path folder, List<String> arguments, Map<String, String> environment)
            throws IOException {
        return start(main, heap, folder, arguments, environment, List.of());
    }

    /**
     * The same, with classes that this process does not have.
     *
     * @param libraries further entries of the class path
     */
    static Child start(
            Class<?> main,
            String heap,
            Path folder,
            List<String> arguments,
            Map<String, String> environment,
            List<String> libraries)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-Dio.netty.leakDetection.level=disabled"));
        String extra = System.getProperty("bench.child.options", "");
        if (!extra.isBlank()) {
            command.addAll(List.of(extra.split(" ")));
        }
        List<String> classPath = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        classPath.addAll(libraries);
        command.add("-Dbench.home="
                + Path.of(System.getProperty("bench.home", "bench")).toAbsolutePath());
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return new Child(main.getSimpleName(), process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** What it said when it was ready. */
    public String ready() {
        return ready;
    }

    public String ask(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    /** CPU time of all its threads so far; a hundredth of a second fine. */
    public Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this system does not tell the CPU time of a process"));
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        while (line != null && !line.startsWith(Conversation.MARK)) {
            System.err.println(name + ": " + line);
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException(name + " ended without an answer; what it said is above");
        }
        return line.substring(Conversation.MARK.length());
    }

    /** Lets it stop in its own time. */
    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(name + " did not stop and is killed");
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The class path with absolute entries, for children that run elsewhere. */
    public static void fixClassPath() {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new File(entries[i]).getAbsolutePath();
        }
        System.setProperty("java.class.path", String.join(File.pathSeparator, entries));
    }
}
