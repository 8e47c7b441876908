package io.tollgate.standalone;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the stack in order whatever ends the process: Ctrl-C, SIGTERM or an exit of our own. The exit code says whether
 * that went well: 0 after a signal, 1 after a failure or an end that was not orderly. It never takes longer than
 * {@link #LIMIT_SECONDS}.
 */
final class StopOnExit {
    private static final Logger log = LoggerFactory.getLogger(StopOnExit.class);
    private static final long LIMIT_SECONDS = 90;

    private final StandaloneStack stack;
    private final Console console;
    private volatile @Nullable AutoCloseable first;
    private volatile boolean stopping;
    private volatile int exitCode;

    private StopOnExit(StandaloneStack stack, Console console) {
        this.stack = stack;
        this.console = console;
    }

    static StopOnExit install(StandaloneStack stack, Console console) {
        StopOnExit stop = new StopOnExit(stack, console);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "stop"));
        return stop;
    }

    /** A client of the stack, which is to stop before it. */
    void closeFirst(AutoCloseable client) {
        first = client;
    }

    boolean isStopping() {
        return stopping;
    }

    /** The exit code of a failed run. */
    int failed() {
        if (!stopping) {
            exitCode = 1;
        }
        return 1;
    }

    private void run() {
        stopping = true;
        haltAfterLimit();
        if (exitCode == 0) {
            console.line("stopping …");
        }
        boolean clientStopped = closeFirst();
        boolean clean = stack.stop() && clientStopped;
        if (!clean) {
            console.error("not everything stopped in an orderly way; nothing acknowledged is lost, see the log");
        } else if (exitCode == 0) {
            console.line("stopped");
        }
        // The JVM's own exit code after a signal is 128 + its number, however well the end went.
        Runtime.getRuntime().halt(clean ? exitCode : 1);
    }

    private boolean closeFirst() {
        AutoCloseable client = first;
        if (client == null) {
            return true;
        }
        try {
            client.close();
            return true;
        } catch (Exception e) {
            log.error("the demo did not stop", e);
            return false;
        }
    }

    private static void haltAfterLimit() {
        Thread watchdog = new Thread(() -> {
            try {
                TimeUnit.SECONDS.sleep(LIMIT_SECONDS);
                Runtime.getRuntime().halt(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
