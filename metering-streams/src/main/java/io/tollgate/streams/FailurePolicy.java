package io.tollgate.streams;

import io.tollgate.schemas.serde.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a thread dies of an exception: its transaction is gone, another thread takes its place and reads
 * the same records again. That mends what is transient, at growing distances; a server that is away is waited for as long
 * as it takes. What else fails too often is not transient: the service stops and says that it is not ready, rather than
 * spin.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
    static final int MOST_FAILURES = 20;
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final int MOST_DOUBLINGS = 10;

    private final Clock clock;
    private final Pause pause;
    private final Deque<Instant> failures = new ArrayDeque<>();

    FailurePolicy(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        int recent = recent();
        if (recent > MOST_FAILURES && !isOfAServerAway(failure)) {
            LOG.error("failed {} times within {}: stopping", recent, WINDOW, failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("a stream thread failed; another one takes its place", failure);
        try {
            pause.millis(Math.min(FIRST_PAUSE_MS << Math.min(recent - 1, MOST_DOUBLINGS), LONGEST_PAUSE_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** By Kafka's own word, or the registry's that did not answer: to try again later is all that there is to do. */
    private static boolean isOfAServerAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException
                    || (cause instanceof RegistryException registry && !registry.unknownSchema())) {
                return true;
            }
        }
        return false;
    }

    private synchronized int recent() {
        Instant now = clock.instant();
        failures.addLast(now);
        while (failures.getFirst().isBefore(now.minus(WINDOW))) {
            failures.removeFirst();
        }
        return failures.size();
    }

    /** Waiting, which a test does without. */
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }
}
