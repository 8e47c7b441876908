package io.tollgate.edge;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong secrets by the address that they come from, in a window that begins with the first. Only failures come
 * here, so that a caller with a right secret costs nothing and is never locked out by somebody behind the same address.
 * Memory is bounded: of more addresses than it keeps, those that began first are forgotten.
 */
final class FailedAttempts {
    private final int limit;
    private final long windowNanos;
    private final int mostAddresses;
    /** In the order in which windows began, so in which they end. */
    private final Map<Long, Window> windows = new LinkedHashMap<>();

    FailedAttempts(int limit, Duration window, int mostAddresses) {
        this.limit = limit;
        this.windowNanos = window.toNanos();
        this.mostAddresses = mostAddresses;
    }

    /**
     * What one more failure comes to.
     *
     * @param isFirstOver whether it is the one that goes over the limit
     * @param retryAfter seconds until the address may try again; 0: it may
     */
    record Count(boolean isFirstOver, long retryAfter) {}

    /**
     * One more failure.
     *
     * @param address null: not known; those are counted together
     * @param nanos now, by {@link System#nanoTime}
     */
    synchronized Count count(@Nullable InetAddress address, long nanos) {
        forgetEnded(nanos);
        Window window = windows.computeIfAbsent(key(address), first -> new Window(nanos));
        if (windows.size() > mostAddresses) {
            removeFirst();
        }
        window.failures++;
        if (limit == 0 || window.failures <= limit) {
            return new Count(false, 0);
        }
        long left = window.began + windowNanos - nanos;
        return new Count(window.failures == limit + 1, Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left + 999_999_999)));
    }

    synchronized int addresses() {
        return windows.size();
    }

    private void forgetEnded(long nanos) {
        Iterator<Window> oldest = windows.values().iterator();
        while (oldest.hasNext() && nanos - oldest.next().began >= windowNanos) {
            oldest.remove();
        }
    }

    private void removeFirst() {
        Iterator<Window> oldest = windows.values().iterator();
        oldest.next();
        oldest.remove();
    }

    /** An IPv6 caller has a whole /64 to choose from. No network begins with the bits that IPv4 is put behind here. */
    private static long key(@Nullable InetAddress address) {
        if (address == null) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? 1L << 32 | Integer.toUnsignedLong(bytes.getInt()) : bytes.getLong();
    }

    private static final class Window {
        private final long began;
        private int failures;

        private Window(long began) {
            this.began = began;
        }
    }
}
