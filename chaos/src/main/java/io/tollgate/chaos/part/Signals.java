package io.tollgate.chaos.part;

import java.io.IOException;

/** Signals that {@link Process} has no method for. */
final class Signals {
    private Signals() {}

    static void stop(long pid) {
        send("STOP", pid);
    }

    static void carryOn(long pid) {
        send("CONT", pid);
    }

    static void quit(long pid) {
        send("QUIT", pid);
    }

    private static void send(String signal, long pid) {
        try {
            // The shell's own kill: the program need not be there.
            int exit = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("SIG" + signal + " to " + pid + " failed");
            }
        } catch (IOException e) {
            throw new IllegalStateException("there is no shell to send SIG" + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
