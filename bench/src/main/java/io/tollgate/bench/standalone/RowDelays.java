package io.tollgate.bench.standalone;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * From an event's 2xx to its row, of some events of all that are sent: PostgreSQL is asked for those that are missing, over
 * and over. What lies between two questions is in the delay.
 */
final class RowDelays {
    private static final long BETWEEN_SAMPLES = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long BETWEEN_QUESTIONS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Books books;
    private final Map<UUID, Long> waiting = new ConcurrentHashMap<>();
    private final List<Long> delays = new ArrayList<>();
    private final AtomicLong nextSample = new AtomicLong(Long.MAX_VALUE);

    RowDelays(Books books) {
        this.books = books;
    }

    /** Takes an event of the batch as a sample, unless the last one is not long ago. */
    void acknowledged(Batch batch, long number, long at) {
        long due = nextSample.get();
        if (at >= due && nextSample.compareAndSet(due, at + BETWEEN_SAMPLES)) {
            waiting.put(batch.hash(number, (int) (number % Batch.EVENTS)), at);
        }
    }

    /**
     * Watches for so long, and until what was sampled by then is seen.
     *
     * @param patience seconds beyond it
     * @return nanoseconds
     * @throws IllegalStateException if a row does not come
     */
    long[] watch(int seconds, int patience) throws SQLException {
        long start = System.nanoTime();
        nextSample.set(start);
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        long last = end + TimeUnit.SECONDS.toNanos(patience);
        while (System.nanoTime() < end || !waiting.isEmpty()) {
            if (System.nanoTime() >= end) {
                nextSample.set(Long.MAX_VALUE);
            }
            look();
            if (System.nanoTime() > last) {
                throw new IllegalStateException(waiting.size() + " events have no row " + patience + " s later");
            }
            LockSupport.parkNanos(BETWEEN_QUESTIONS);
        }
        return delays.stream().mapToLong(Long::longValue).toArray();
    }

    private void look() throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        for (UUID event : books.visible(waiting.keySet())) {
            Long at = waiting.remove(event);
            if (at != null) {
                delays.add(System.nanoTime() - at);
            }
        }
    }
}
