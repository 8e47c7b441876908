package io.tollgate.streams;

import io.tollgate.schemas.serde.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the topology fails of an exception: its transaction is gone, all of it is started again and reads the
 * same records again. That mends what is transient, at growing distances; a server that is away is waited for as long as it
 * takes. What else fails too often is not transient: the service stops and says that it is not ready, rather than spin.
 *
 * <p>Streams can also put another thread in the place of the one that has failed. But a task that the dead one did not
 * come to close stays locked by it, and no other thread ever gets it.
 */
final class FailurePolicy {
    static final int MOST_FAILURES = 20;
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final int MOST_DOUBLINGS = 10;

    private final Clock clock;
    private final Deque<Instant> failures = new ArrayDeque<>();

    FailurePolicy(Clock clock) {
        this.clock = clock;
    }

    /** Takes a failure in; gives how long to wait before the next start, null where there should be none. */
    @Nullable
    Duration failed(@Nullable Throwable failure) {
        Instant now = clock.instant();
        failures.addLast(now);
        while (failures.getFirst().isBefore(now.minus(WINDOW))) {
            failures.removeFirst();
        }
        if (failures.size() > MOST_FAILURES && !isOfAServerAway(failure)) {
            return null;
        }
        int doublings = Math.min(failures.size() - 1, MOST_DOUBLINGS);
        return Duration.ofMillis(Math.min(FIRST_PAUSE_MS << doublings, LONGEST_PAUSE_MS));
    }

    /** By Kafka's own word, or the registry's that did not answer: to try again later is all that there is to do. */
    private static boolean isOfAServerAway(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException
                    || (cause instanceof RegistryException registry && !registry.unknownSchema())) {
                return true;
            }
        }
        return false;
    }
}
