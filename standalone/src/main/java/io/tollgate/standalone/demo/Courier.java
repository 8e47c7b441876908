package io.tollgate.standalone.demo;

import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers a service's events as a good client does: what was not acknowledged is sent again, unchanged, until it is.
 * The ids stay the same, so the gateway may well have had it already.
 */
final class Courier {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);
    private static final int REQUESTS_IN_FLIGHT = 32;

    private final HttpApi gateway;
    private final DemoTally tally;
    private final Semaphore slots = new Semaphore(REQUESTS_IN_FLIGHT);
    private volatile boolean closed;

    Courier(HttpApi gateway, DemoTally tally) {
        this.gateway = gateway;
        this.tally = tally;
    }

    /** Blocks while too many requests wait for their answer, so that a slow gateway slows the demo. */
    void deliver(List<DemoEvent> events) throws InterruptedException {
        slots.acquire();
        attempt(events);
    }

    /** No more attempts: what is not acknowledged by now stays unsent. */
    void close() {
        closed = true;
    }

    private void attempt(List<DemoEvent> events) {
        boolean single = events.size() == 1;
        CompletableFuture<Answer> answer = gateway.post(
                "/v1/events",
                single ? "application/cloudevents+json" : "application/cloudevents-batch+json",
                single ? events.get(0) : events);
        CompletableFuture<Answer> unused = answer.whenComplete((given, failure) -> settle(events, given, failure));
    }

    private void settle(List<DemoEvent> events, @Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null || answer.status() == 503 || answer.status() == 429) {
            if (closed) {
                slots.release();
                return;
            }
            log.debug("sent again: {}", answer == null ? failure : answer);
            tally.resent.increment();
            Duration pause = answer == null || answer.retryAfter() == null ? DEFAULT_PAUSE : answer.retryAfter();
            after(pause).execute(() -> attempt(events));
            return;
        }
        slots.release();
        int rejected = rejectedOf(answer, events.size());
        tally.rejected.add(rejected);
        tally.accepted.add(events.size() - rejected);
        if (rejected > 0) {
            log.warn(
                    "the gateway rejected {} of {} events: {} {}",
                    rejected,
                    events.size(),
                    answer.status(),
                    answer.body());
        } else {
            tally.voids.add(events.stream().filter(DemoEvent::isVoid).count());
        }
    }

    private static int rejectedOf(Answer answer, int sent) {
        return switch (answer.status()) {
            case 200, 204 -> 0;
            case 207 -> answer.json().path("rejected").asInt(sent);
            default -> sent;
        };
    }

    private static Executor after(Duration pause) {
        return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
