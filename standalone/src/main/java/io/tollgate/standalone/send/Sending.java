package io.tollgate.standalone.send;

import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Posts batches, some at a time. One that was not acknowledged is posted again with the same ids, which counts nothing twice,
 * until the gateway takes it or has not taken anything of it for too long. The first failure ends it all.
 */
final class Sending implements AutoCloseable {
    private static final String PATH = "/v1/events";
    private static final Duration TIMEOUT = Duration.ofSeconds(12);
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int ALL_REJECTED = 422;

    private final HttpApi gateway;
    private final Tally tally;
    private final Duration patience;
    private final ExecutorService threads;
    private final Semaphore free;
    private final int parallel;
    private volatile @Nullable Failure failure;
    private volatile @Nullable RuntimeException bug;

    /**
     * Why it ended early.
     *
     * @param first of the events that were not taken
     * @param answer null: nobody answered
     */
    record Failure(Item first, @Nullable Answer answer) {}

    /** @param patience with one batch, from its first attempt to its last */
    Sending(HttpApi gateway, Tally tally, int parallel, Duration patience) {
        this.gateway = gateway;
        this.tally = tally;
        this.patience = patience;
        this.parallel = parallel;
        this.free = new Semaphore(parallel);
        this.threads = Executors.newFixedThreadPool(parallel);
    }

    /** Waits while too many are on their way; does nothing after a failure. */
    void send(Batch batch) throws InterruptedException {
        free.acquire();
        if (failure != null) {
            free.release();
            return;
        }
        threads.execute(() -> {
            try {
                post(batch);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failure = new Failure(batch.items().get(0), null);
                bug = e;
            } finally {
                free.release();
            }
        });
    }

    /** Once everything has been answered: why it ended early, null where it did not. */
    @Nullable
    Failure await() throws InterruptedException {
        free.acquire(parallel);
        free.release(parallel);
        RuntimeException thrown = bug;
        if (thrown != null) {
            throw thrown;
        }
        return failure;
    }

    boolean hasFailed() {
        return failure != null;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void post(Batch batch) throws InterruptedException {
        byte[] body = batch.body();
        long deadline = System.nanoTime() + patience.toNanos();
        while (failure == null) {
            Answer answer = attempt(body);
            if (answer != null && (answer.isOk() || isAboutEachEvent(answer))) {
                take(batch, answer);
                return;
            }
            boolean again = answer == null || answer.status() == UNAVAILABLE || answer.status() == TOO_MANY;
            Duration pause = answer == null || answer.retryAfter() == null ? USUAL_PAUSE : answer.retryAfter();
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
            if (!again || System.nanoTime() + pause.toNanos() > deadline) {
                failure = new Failure(batch.items().get(0), answer);
                return;
            }
            tally.retried();
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }

    /** Null where nobody answered. */
    private @Nullable Answer attempt(byte[] body) throws InterruptedException {
        try {
            return gateway.post(PATH, "application/cloudevents-batch+json", body, TIMEOUT);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isAboutEachEvent(Answer answer) {
        try {
            return answer.status() == ALL_REJECTED
                    && answer.json().path("results").isArray();
        } catch (JacksonException e) {
            return false;
        }
    }

    private void take(Batch batch, Answer answer) {
        if (answer.body().isEmpty()) {
            tally.accepted(batch.items().size());
            return;
        }
        int accepted = 0;
        for (JsonNode result : answer.json().path("results")) {
            if (result.path("verdict").asString("").equals("accepted")) {
                accepted++;
            } else {
                tally.rejected(batch.items().get(result.path("index").asInt()), result);
            }
        }
        tally.accepted(accepted);
    }
}
