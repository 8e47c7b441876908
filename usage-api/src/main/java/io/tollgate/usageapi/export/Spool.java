package io.tollgate.usageapi.export;

import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.settings.ExportSettings;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The files of exports. Each is written at the database's pace and read at its readers': nobody's slow line holds a
 * snapshot open, and what broke off goes on from the same file. All together they are bounded in bytes, and each in age.
 */
@Component
final class Spool implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final long SWEEP_SECONDS = 10;
    private static final int FLUSHED_AT = 64 << 10;
    /** They hold nothing but their request. Most exports take less than a second, so a turn comes soon. */
    private static final int WAITING_AT_MOST = 16;

    private final ExportWriter writer;
    private final ExportSettings settings;
    private final SpoolFolder folder;
    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService sweeper;
    private final Map<String, Export> exports = new LinkedHashMap<>();
    private long bytes;

    Spool(ExportWriter writer, UsageApiSettings settings) throws IOException {
        this.writer = writer;
        this.settings = settings.exports();
        this.folder = SpoolFolder.open(this.settings.folder());
        this.threads = new ThreadPoolExecutor(
                this.settings.atATime(),
                this.settings.atATime(),
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_AT_MOST),
                daemons("export-"));
        threads.allowCoreThreadTimeOut(true);
        this.sweeper = Executors.newSingleThreadScheduledExecutor(daemons("export-sweeper-"));
        var unused = sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Begins a new file.
     *
     * @throws Problem 503 if as many are being written as may be, and others wait for their turn
     */
    Export start(ExportQuestion question) {
        String id = UUID.randomUUID().toString();
        Export export = new Export(id, question, folder.resolve(id));
        synchronized (this) {
            exports.put(id, export);
        }
        try {
            threads.execute(() -> write(export));
        } catch (RejectedExecutionException e) {
            remove(export);
            throw Problem.unavailable(
                    "exports_busy",
                    settings.atATime() + " exports are being written and " + WAITING_AT_MOST
                            + " wait. Try again when one is done.");
        }
        return export;
    }

    synchronized @Nullable Export find(String id) {
        return exports.get(id);
    }

    /** The newest that is as wished and did not fail. */
    synchronized @Nullable Export latest(Predicate<Export> wish) {
        Export latest = null;
        for (Export export : exports.values()) {
            if (!export.hasFailed() && wish.test(export)) {
                latest = export;
            }
        }
        return latest;
    }

    private void write(Export export) {
        try (OutputStream file = new SpooledFile(export)) {
            writer.write(export, file);
        } catch (Throwable e) {
            LOG.warn("export {} of {} broke off: {}", export.id(), export.question(), e.toString());
            export.fail(e);
            remove(export);
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    /** Writes through: what a reader is told of is there. Buffered, since rows are small. */
    private final class SpooledFile extends OutputStream {
        private final Export export;
        private final OutputStream file;
        private final byte[] buffer = new byte[FLUSHED_AT];
        private int filled;

        SpooledFile(Export export) throws IOException {
            this.export = export;
            this.file = Files.newOutputStream(export.file());
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > buffer.length - filled) {
                flush();
            }
            if (length > buffer.length) {
                pass(from, offset, length);
            } else {
                System.arraycopy(from, offset, buffer, filled, length);
                filled += length;
            }
        }

        @Override
        public void flush() throws IOException {
            if (filled > 0) {
                int length = filled;
                filled = 0;
                pass(buffer, 0, length);
            }
        }

        private void pass(byte[] from, int offset, int length) throws IOException {
            take(length);
            file.write(from, offset, length);
            export.grew(length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Makes room by what is read least recently. */
    private void take(long more) throws IOException {
        List<Export> gone = new ArrayList<>();
        synchronized (this) {
            long limit = settings.maxSize().toBytes();
            while (bytes + more > limit) {
                Export oldest = exports.values().stream()
                        .filter(export -> export.isUnusedFor(0))
                        .min(Comparator.comparingLong(Export::lastUsed))
                        .orElseThrow(() -> new IOException("the exports have no more room than " + settings.maxSize()
                                + "; see tollgate.exports.max-size"));
                forget(oldest);
                gone.add(oldest);
            }
            bytes += more;
        }
        gone.forEach(Spool::delete);
    }

    private void sweep() {
        List<Export> old;
        synchronized (this) {
            old = exports.values().stream()
                    .filter(export -> export.isUnusedFor(settings.keptFor().toNanos()))
                    .toList();
            old.forEach(this::forget);
        }
        old.forEach(Spool::delete);
    }

    private void remove(Export export) {
        synchronized (this) {
            forget(export);
        }
        delete(export);
    }

    private void forget(Export export) {
        if (exports.remove(export.id()) != null) {
            bytes -= export.size();
        }
    }

    private static void delete(Export export) {
        try {
            Files.deleteIfExists(export.file());
        } catch (IOException e) {
            LOG.warn("{} could not be deleted: {}", export.file(), e.toString());
        }
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void destroy() throws IOException {
        sweeper.shutdownNow();
        threads.shutdownNow();
        folder.close();
    }
}
