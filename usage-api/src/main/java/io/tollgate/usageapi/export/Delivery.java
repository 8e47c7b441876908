package io.tollgate.usageapi.export;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Bytes of an export at a reader's pace, those that are there and those that are still to come. An export that breaks off
 * breaks its readers off: what ends well is whole.
 */
final class Delivery implements AutoCloseable {
    private static final int CHUNK = 32 << 10;

    private final Export export;
    private final FileChannel file;
    private final long until;
    private long position;
    private boolean ended;

    private Delivery(Export export, long from, long until) throws IOException {
        this.export = export;
        this.file = FileChannel.open(export.file(), StandardOpenOption.READ);
        this.position = from;
        this.until = until;
        export.readerCame();
    }

    /**
     * The bytes {@code [from, until)}.
     *
     * @param until {@link Long#MAX_VALUE}: to the end, wherever that will be
     */
    static Flux<DataBuffer> of(Export export, long from, long until, DataBufferFactory buffers, Scheduler scheduler) {
        return Flux.using(
                () -> new Delivery(export, from, until),
                delivery -> delivery.bytes(buffers, scheduler),
                Delivery::close);
    }

    private Flux<DataBuffer> bytes(DataBufferFactory buffers, Scheduler scheduler) {
        return Mono.defer(() -> Mono.fromFuture(export.beyond(position)))
                .then(Mono.fromCallable(() -> next(buffers)).subscribeOn(scheduler))
                .repeat(() -> !ended);
    }

    /** Null at the end. */
    private @Nullable DataBuffer next(DataBufferFactory buffers) throws IOException {
        // Asked first: what is whole then does not grow any more.
        boolean whole = export.manifest() != null;
        long available = Math.min(export.size(), until) - position;
        if (available <= 0) {
            if (!whole && position < until) {
                throw new BrokenOffException("the export broke off");
            }
            ended = true;
            return null;
        }
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, available));
        while (chunk.hasRemaining()) {
            int read = file.read(chunk, position);
            if (read < 0) {
                throw new BrokenOffException("the export's file is shorter than it was");
            }
            position += read;
        }
        ended = position == until;
        return buffers.wrap(chunk.flip());
    }

    /** No EOFException: Spring takes that for a reader who went away, and would end the answer as if all were well. */
    static final class BrokenOffException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        BrokenOffException(String why) {
            super(why);
        }
    }

    @Override
    public void close() {
        export.readerLeft();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
