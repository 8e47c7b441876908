package io.tollgate.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How the server of a folder is started and waited for. */
record PostgresProgram(Path binaries, PostgresFolder folder, PostgresAccount account) {
    /** Long enough to recover after a crash: a gigabyte of WAL at worst. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** Backends notice the death of their server at the end of what they do at that moment. */
    private static final Duration BACKENDS_LIMIT = Duration.ofSeconds(20);

    private static final long POLL_MILLIS = 15;
    private static final long RETRY_MILLIS = 200;

    /** Returns when the server takes connections. */
    Process launch(int port) throws IOException {
        folder.turnLogOver();
        long start = System.nanoTime();
        while (true) {
            Process process = spawn(port);
            if (isReady(process)) {
                return process;
            }
            String end = folder.lastLogLines();
            boolean backendsLinger = end.contains("pre-existing shared memory block");
            if (!backendsLinger || System.nanoTime() - start > BACKENDS_LIMIT.toNanos()) {
                throw new IOException("the server ended at once; the end of " + folder.log() + ":\n" + end);
            }
            pause(RETRY_MILLIS, process);
        }
    }

    private Process spawn(int port) throws IOException {
        return new ProcessBuilder(account.command(ownSession(PostgresSettings.command(binaries, folder, port))))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .start();
    }

    /** Out of the terminal's process group, so that Ctrl-C does not stop it before those who write to it. */
    private static List<String> ownSession(List<String> command) {
        boolean available = Stream.of("/usr/bin/setsid", "/bin/setsid").anyMatch(path -> new File(path).canExecute());
        return available ? Stream.concat(Stream.of("setsid"), command.stream()).toList() : command;
    }

    /** False where it ended instead. */
    private boolean isReady(Process process) throws IOException {
        PostmasterPid pidFile = new PostmasterPid(folder);
        long start = System.nanoTime();
        while (!pidFile.saysReady(process.pid())) {
            if (!process.isAlive()) {
                return false;
            }
            if (System.nanoTime() - start > START_LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new IOException("the server was not ready within " + START_LIMIT + "; the end of " + folder.log()
                        + ":\n" + folder.lastLogLines());
            }
            pause(POLL_MILLIS, process);
        }
        return true;
    }

    private static void pause(long millis, Process process) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL started", e);
        }
    }
}
