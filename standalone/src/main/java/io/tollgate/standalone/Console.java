package io.tollgate.standalone;

import java.io.PrintStream;
import java.util.Locale;

/** What a person reads while {@code up} runs: a line per part, then what they must know. */
final class Console implements StackListener {
    private final PrintStream out;
    private final PrintStream err;
    private final long startedAt;

    /** @param startedAt {@link System#nanoTime()} that the times are counted from */
    Console(PrintStream out, PrintStream err, long startedAt) {
        this.out = out;
        this.err = err;
        this.startedAt = startedAt;
    }

    @Override
    public void isUp(String part, String address) {
        out.printf(Locale.ROOT, "up      %-17s %-46s %5.1f s%n", part, address, (System.nanoTime() - startedAt) / 1e9);
    }

    @Override
    public void notice(String message) {
        err.println("notice  " + message);
    }

    void line(String text) {
        out.println(text);
    }

    void error(String message) {
        err.println("error   " + message);
    }
}
