package io.tollgate.usageapi.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A file of the spool, from its first byte on. One thread writes it, any number read what is there already. */
final class Export {
    private final String id;
    private final ExportQuestion question;
    private final Path file;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private final CompletableFuture<Manifest> whole = new CompletableFuture<>();

    private CompletableFuture<Void> growth = new CompletableFuture<>();
    private long size;
    private int readers;
    private long lastUsed = System.nanoTime();

    Export(String id, ExportQuestion question, Path file) {
        this.id = id;
        this.question = question;
        this.file = file;
    }

    String id() {
        return id;
    }

    /** As the header has it. */
    String eTag() {
        return '"' + id + '"';
    }

    ExportQuestion question() {
        return question;
    }

    Path file() {
        return file;
    }

    /** When its snapshot is taken and what it is to hold is known: whether that is closed. Fails where it can't be made. */
    CompletableFuture<Boolean> begun() {
        return begun.copy();
    }

    /** When its last byte is there. */
    CompletableFuture<Manifest> whole() {
        return whole.copy();
    }

    /** Null while it is being written, and where that failed. */
    @Nullable
    Manifest manifest() {
        return whole.isCompletedExceptionally() ? null : whole.getNow(null);
    }

    boolean isClosed() {
        return begun.isDone() && !begun.isCompletedExceptionally() && begun.join();
    }

    boolean hasFailed() {
        return whole.isCompletedExceptionally();
    }

    synchronized long size() {
        return size;
    }

    /** When there is more than that many bytes, or there will be no more. */
    synchronized CompletableFuture<Void> beyond(long position) {
        return size > position || whole.isDone() ? CompletableFuture.completedFuture(null) : growth.copy();
    }

    void begin(boolean closed) {
        begun.complete(closed);
    }

    void grew(long bytes) {
        CompletableFuture<Void> told;
        synchronized (this) {
            size += bytes;
            told = growth;
            growth = new CompletableFuture<>();
        }
        told.complete(null);
    }

    void complete(Manifest manifest) {
        touch();
        whole.complete(manifest);
        grew(0);
    }

    void fail(Throwable cause) {
        begun.completeExceptionally(cause);
        whole.completeExceptionally(new IOException("the export broke off: " + cause, cause));
        grew(0);
    }

    synchronized void readerCame() {
        readers++;
    }

    synchronized void readerLeft() {
        readers--;
        lastUsed = System.nanoTime();
    }

    private synchronized void touch() {
        lastUsed = System.nanoTime();
    }

    /** Whether nobody writes or reads it, and nobody did for so long. */
    synchronized boolean isUnusedFor(long nanos) {
        return readers == 0 && whole.isDone() && System.nanoTime() - lastUsed >= nanos;
    }

    synchronized long lastUsed() {
        return lastUsed;
    }
}
