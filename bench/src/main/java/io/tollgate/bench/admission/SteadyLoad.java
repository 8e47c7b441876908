package io.tollgate.bench.admission;

import io.tollgate.bench.http.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a steady rate, whether or not the ones before have been answered (as far as there are connections). A
 * request's time counts from when it was to be sent: whatever held it up before that is in it, too.
 */
final class SteadyLoad implements AutoCloseable {
    private static final int CONNECTIONS = 32;

    private final int perSecond;
    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    SteadyLoad(int port, int perSecond) throws IOException {
        this.perSecond = perSecond;
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(new Connection(port));
        }
    }

    /** Makes the n-th request. */
    @FunctionalInterface
    interface Requests {
        byte[] request(int number);
    }

    /** Sends for so many seconds; the times in nanoseconds, rising. Every answer must have the status. */
    long[] run(Requests requests, int status, int seconds) throws Exception {
        int count = perSecond * seconds;
        byte[][] ready = new byte[count][];
        for (int i = 0; i < count; i++) {
            ready[i] = requests.request(i);
        }
        long[] times = new long[count];
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        List<Future<?>> sending = new ArrayList<>();
        for (Connection connection : connections) {
            sending.add(threads.submit(() -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    long due = start + i * 1_000_000_000L / perSecond;
                    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    int found = connection.exchange(ready[i]);
                    times[i] = System.nanoTime() - due;
                    if (found != status) {
                        throw new IllegalStateException("the gateway answered " + found + ", not " + status);
                    }
                }
                return true;
            }));
        }
        for (Future<?> each : sending) {
            Object unused = each.get();
        }
        Arrays.sort(times);
        return times;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
