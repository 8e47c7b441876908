package io.tollgate.gateway.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests of one key are let in per second; a second's worth may come at once. It protects this process and
 * bills nobody: what was refused here did not happen.
 */
public final class FloodGuard {
    /** The answer to a request that is one too many. */
    public static final Problem TOO_MANY = Problem.of(
            429,
            "too_many_requests",
            "Too many requests",
            "the key sends more requests a second than it may; slow down");

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    /** When a key's requests so far would be over, had they come evenly. Of known keys only, so it does not grow. */
    private final Map<String, AtomicLong> busyUntil = new ConcurrentHashMap<>();

    /** @param requestsPerSecond of each key; 0: no guard */
    public FloodGuard(int requestsPerSecond) {
        this.interval = requestsPerSecond == 0 ? 0 : SECOND / requestsPerSecond;
    }

    /**
     * Whether one more request of a key is let in.
     *
     * @param nanos now, by {@link System#nanoTime}
     */
    public boolean lets(String key, long nanos) {
        if (interval == 0) {
            return true;
        }
        AtomicLong until = busyUntil.computeIfAbsent(key, first -> new AtomicLong(nanos));
        while (true) {
            long before = until.get();
            long begin = before - nanos > 0 ? before : nanos;
            if (begin + interval - nanos > SECOND) {
                return false;
            }
            if (until.compareAndSet(before, begin + interval)) {
                return true;
            }
        }
    }
}
