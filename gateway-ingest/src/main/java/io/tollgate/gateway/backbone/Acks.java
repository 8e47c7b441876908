package io.tollgate.gateway.backbone;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the brokers can be counted on now. While nothing says that they answer, what would be written is refused at
 * once: to let it in would only keep every client waiting for its time-out.
 */
final class Acks {
    private static final Logger LOG = LoggerFactory.getLogger(Acks.class);
    /** How long a failed append keeps the gateway out of a load balancer, unless an ack comes first. */
    private static final long FAILURE_COUNTS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long NEVER = Long.MIN_VALUE;

    private final String what;
    private volatile boolean reachable;
    private volatile long lastAck = NEVER;
    private volatile long lastFailure = NEVER;

    /** @param what is written, as a log says it */
    Acks(String what) {
        this.what = what;
    }

    /** Whether something may be let in. */
    boolean expected() {
        return reachable;
    }

    /** Whether the last that was heard of an append is an ack, as far as anything was. */
    boolean arriving() {
        long failure = lastFailure;
        return failure == NEVER || ackedAfter(failure) || System.nanoTime() - failure > FAILURE_COUNTS_NANOS;
    }

    void succeeded() {
        lastAck = System.nanoTime();
    }

    void failed(Exception failure) {
        long now = System.nanoTime();
        long before = lastFailure;
        lastFailure = now;
        if (before == NEVER || now - before > FAILURE_COUNTS_NANOS) {
            LOG.warn("the brokers did not acknowledge {}: {}", what, failure.toString());
        }
    }

    /** A probe's finding; an ack since the probe began speaks against a failed one. */
    void probed(boolean answered, long begunNanos) {
        boolean found = answered || ackedAfter(begunNanos);
        if (found != reachable) {
            if (found) {
                LOG.info("the brokers answer: {} are let in", what);
            } else {
                LOG.warn("the brokers do not answer: {} are refused with 503 until they do", what);
            }
        }
        reachable = found;
    }

    private boolean ackedAfter(long nanos) {
        long ack = lastAck;
        return ack != NEVER && ack - nanos > 0;
    }
}
