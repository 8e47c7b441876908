package io.tollgate.gateway.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all unanswered requests together may hold. Whoever reserves must release, on every way out. */
public final class ByteBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /** False, and nothing reserved, where it would go beyond the limit. */
    public boolean tryReserve(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used.get();
    }
}
