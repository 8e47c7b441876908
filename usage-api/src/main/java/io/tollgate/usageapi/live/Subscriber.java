package io.tollgate.usageapi.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One stream. It is given bytes only while its connection takes them, so a reader that does not read costs what its
 * connection has taken in and no more: what it has yet to be told stays in the ring, which all share.
 */
final class Subscriber {
    /** Told at once at most: who comes back after a while is served beside the others. */
    private static final int CHUNK = 64 << 10;

    private final Cursor cursor;
    private final Outlet outlet;
    private final LongSupplier nanos;
    private final Deque<Words> said = new ArrayDeque<>();
    private @Nullable MonoSink<List<byte[]>> waiting;
    private boolean isGreeted;
    private boolean givesUp;
    private boolean isEnded;
    private long spokeAt;
    private long stalledSince;
    private boolean isStalled;

    /** @param nanos as {@link System#nanoTime} */
    Subscriber(Cursor cursor, Outlet outlet, LongSupplier nanos) {
        this.cursor = cursor;
        this.outlet = outlet;
        this.nanos = nanos;
        this.spokeAt = nanos.getAsLong();
    }

    /** The body of the answer: parts that are each written at once. It ends when the stream is ended. */
    Flux<Flux<DataBuffer>> body(DataBufferFactory buffers) {
        Flux<DataBuffer> next =
                Mono.create(this::await).flatMapIterable(texts -> texts).map(buffers::wrap);
        return Flux.generate(parts -> {
            if (isOver()) {
                parts.complete();
            } else {
                parts.next(next);
            }
        });
    }

    /** Tells what there is to tell, if the connection takes it. */
    void wake() {
        long now = nanos.getAsLong();
        MonoSink<List<byte[]>> sink;
        List<byte[]> told;
        synchronized (this) {
            sink = waiting;
            if (sink == null) {
                return;
            }
            if (!outlet.isWritable()) {
                stalledSince = isStalled ? stalledSince : now;
                isStalled = true;
                return;
            }
            isStalled = false;
            told = next();
            if (told.isEmpty() && !isEnded) {
                return;
            }
            waiting = null;
            spokeAt = now;
        }
        sink.success(told);
    }

    /**
     * Says something beside what the ring holds. Where the subscriber is then is known when it is written, and not before:
     * an older id behind a newer one would have them told twice.
     */
    synchronized void say(Words words) {
        if (!isEnded) {
            said.add(words);
        }
    }

    /** What is said to a subscriber, whatever they want. */
    @FunctionalInterface
    interface Words {
        byte[] at(@Nullable Position at);
    }

    /** Ends the stream after what has been said. */
    synchronized void end(String why) {
        if (!isEnded) {
            said.add(at -> LiveText.bye(why));
            isEnded = true;
        }
    }

    /** Cuts the connection. */
    void drop() {
        synchronized (this) {
            said.clear();
            isEnded = true;
        }
        outlet.abort();
    }

    /** Since when nothing has been told, by the same clock. */
    synchronized long spokeAt() {
        return spokeAt;
    }

    /** Whether the reader has taken nothing since a moment, or what comes next for it is gone. */
    synchronized boolean isTooSlow(long since) {
        boolean hasStood = isStalled ? stalledSince - since < 0 : waiting == null && spokeAt - since < 0;
        return hasStood || cursor.hasFallenBehind();
    }

    /** Whether it waits for what others have read and this instance has not. */
    synchronized boolean isAhead() {
        return cursor.isAhead();
    }

    /** Stops waiting for it. */
    synchronized void giveUp() {
        givesUp = true;
    }

    private synchronized boolean isOver() {
        return isEnded && said.isEmpty();
    }

    private List<byte[]> next() {
        List<byte[]> told = new ArrayList<>();
        if (!isGreeted) {
            isGreeted = true;
            told.add(LiveText.hello());
        }
        if (givesUp) {
            givesUp = false;
            told.add(cursor.giveUp());
        }
        if (!isEnded && !cursor.hasFallenBehind()) {
            told.addAll(cursor.take(CHUNK));
        }
        for (Words words = said.poll(); words != null; words = said.poll()) {
            told.add(words.at(cursor.at()));
        }
        return told;
    }

    private void await(MonoSink<List<byte[]>> sink) {
        synchronized (this) {
            waiting = sink;
        }
        wake();
    }
}
