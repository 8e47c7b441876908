package io.tollgate.bench.standalone;

import io.tollgate.bench.http.Connection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches at a rate that may be changed, over many connections. Every hundredth is one that was acknowledged minutes
 * ago, byte for byte. What is answered 503 is sent again until it is taken, as a client should.
 */
final class BatchSender implements AutoCloseable {
    private static final int CONNECTIONS = 32;
    private static final int ONE_IN = 100;
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long AFTER_REFUSAL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TAKEN = 204;
    private static final int REFUSED = 503;

    private final List<Batch> batches;
    private final long repeatAfter;
    private final Told told;
    private final Schedule schedule = new Schedule();
    private final Queue<Sent> toRepeat = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** Told of each new batch when its 2xx is in. */
    @FunctionalInterface
    interface Told {
        void acknowledged(Batch batch, long number, long at);
    }

    @SuppressWarnings("ArrayRecordComponent") // sent again, never compared
    private record Sent(byte[] request, long at) {}

    /** @param repeatAfter how long ago what is sent again was acknowledged */
    BatchSender(URI gateway, List<Batch> batches, Duration repeatAfter, Told told) {
        this.batches = List.copyOf(batches);
        this.repeatAfter = repeatAfter.toNanos();
        this.told = told;
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread thread = new Thread(() -> run(gateway.getPort()), "sender " + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** From now on so many events a second. */
    void rate(int eventsPerSecond) {
        schedule.rate((double) eventsPerSecond / Batch.EVENTS, System.nanoTime());
    }

    /** Returns when what was under way is answered, and nothing more is sent. */
    void pause() throws IOException, InterruptedException {
        schedule.rate(0, System.nanoTime());
        while (underWay.get() > 0) {
            check();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Events with ids of their own that the gateway has taken. */
    long acknowledged() throws IOException {
        check();
        return acknowledged.get();
    }

    /** Events that were sent once more and taken. */
    long repeated() {
        return repeated.get();
    }

    /** Answers of 503. */
    long refused() {
        return refused.get();
    }

    private void check() throws IOException {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IOException("the load broke off", failed);
        }
    }

    private void run(int port) {
        try {
            while (!closed) {
                long due = schedule.next(System.nanoTime());
                if (due == Long.MAX_VALUE) {
                    LockSupport.parkNanos(IDLE);
                } else {
                    sendWhileDue(port, due);
                }
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                failure.compareAndSet(null, e);
            }
        }
    }

    /** Over one connection, which ends with the rate: a gateway closes what is idle for long. */
    private void sendWhileDue(int port, long first) throws IOException {
        try (Connection connection = new Connection(port)) {
            for (long due = first; due != Long.MAX_VALUE && !closed; due = schedule.next(System.nanoTime())) {
                waitUntil(due);
                sendUnlessPaused(connection);
            }
        }
    }

    private void sendUnlessPaused(Connection connection) throws IOException {
        // Counted before it is asked: whoever pauses then waits for it, or it is not sent.
        underWay.incrementAndGet();
        try {
            if (schedule.isRunning()) {
                sendOne(connection);
            }
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void sendOne(Connection connection) throws IOException {
        long number = numbers.getAndIncrement();
        Sent old = number % ONE_IN == 0 ? oldEnough() : null;
        if (old != null) {
            send(connection, old.request());
            repeated.addAndGet(Batch.EVENTS);
            return;
        }
        Batch batch = batches.get((int) (number % batches.size()));
        byte[] request = batch.request(number, Instant.now());
        send(connection, request);
        long at = System.nanoTime();
        acknowledged.addAndGet(Batch.EVENTS);
        told.acknowledged(batch, number, at);
        if (number % ONE_IN == 1) {
            toRepeat.add(new Sent(request, at));
        }
    }

    private @Nullable Sent oldEnough() {
        Sent oldest = toRepeat.peek();
        return oldest != null && System.nanoTime() - oldest.at() >= repeatAfter ? toRepeat.poll() : null;
    }

    private void send(Connection connection, byte[] request) throws IOException {
        int status = connection.exchange(request);
        while (status == REFUSED && !closed) {
            refused.incrementAndGet();
            LockSupport.parkNanos(AFTER_REFUSAL);
            status = connection.exchange(request);
        }
        if (status != TAKEN) {
            throw new IOException("the gateway answered " + status);
        }
    }

    /** Returns when what is under way has been answered. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
