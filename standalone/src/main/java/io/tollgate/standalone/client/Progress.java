package io.tollgate.standalone.client;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that is written over as long work goes on. Where errors go to a file or a pipe it writes nothing;
 * {@code ./tollgate} says which it is, since the JVM can't tell of one stream alone.
 */
public final class Progress implements AutoCloseable {
    private static final String TERMINAL = "tollgate.terminal";
    private static final long EVERY_MILLIS = 250;
    private static final int BAR = 30;
    private static final String CLEAR = "\r\u001b[K";

    private final String what;
    private final long total;
    private final PrintWriter err;
    private final long began = System.nanoTime();
    private final @Nullable ScheduledExecutorService clock;
    private volatile long done;
    private volatile String more = "";

    private Progress(String what, long total, PrintWriter err, boolean visible) {
        this.what = what;
        this.total = total;
        this.err = err;
        this.clock = visible ? Executors.newSingleThreadScheduledExecutor(Progress::daemon) : null;
        if (clock != null) {
            var unused = clock.scheduleAtFixedRate(this::draw, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** @param total of what {@link #at} counts; 0 where nobody knows it */
    static Progress start(String what, long total, PrintWriter err) {
        return new Progress(what, total, err, Boolean.getBoolean(TERMINAL));
    }

    /** So far, and what else there is to say. */
    public void at(long soFar, String said) {
        done = soFar;
        more = said;
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (clock != null) {
            clock.shutdownNow();
            synchronized (err) {
                err.print(CLEAR);
                err.flush();
            }
        }
    }

    private void draw() {
        synchronized (err) {
            err.print(CLEAR + line(what, done, total, more, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)));
            err.flush();
        }
    }

    /** {@code sending  [######..............]  31 %  1,000 accepted  00:12}. */
    static String line(String what, long done, long total, String more, long seconds) {
        StringBuilder line = new StringBuilder(what);
        if (total > 0) {
            int share = (int) Math.min(100, done * 100 / total);
            int full = share * BAR / 100;
            line.append("  [")
                    .append("#".repeat(full))
                    .append(".".repeat(BAR - full))
                    .append("] ")
                    .append(share)
                    .append(" %");
        }
        if (!more.isEmpty()) {
            line.append("  ").append(more);
        }
        return line.append(String.format(Locale.ROOT, "  %02d:%02d", seconds / 60, seconds % 60))
                .toString();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    }
}
