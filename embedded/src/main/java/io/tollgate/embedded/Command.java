package io.tollgate.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short command run to its end, with what it printed. */
record Command(int exitCode, String output) {
    private static final long LIMIT_SECONDS = 120;

    /** Throws where the program does not exist; a failure of the program itself is an exit code. */
    static Command run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + LIMIT_SECONDS + " s");
            }
            return new Command(process.exitValue(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Sends SIGINT, which {@link ProcessHandle} can't: to PostgreSQL it means a fast, clean shutdown. */
    static void interrupt(ProcessHandle process) throws IOException {
        run(List.of("sh", "-c", "kill -INT " + process.pid()));
    }
}
