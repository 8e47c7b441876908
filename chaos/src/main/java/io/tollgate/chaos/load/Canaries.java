package io.tollgate.chaos.load;

import io.tollgate.chaos.load.Sent.Answer;
import io.tollgate.chaos.load.Submission.Kind;
import io.tollgate.chaos.load.Traffic.Batch;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An ordinary load of which the sums are known without an oracle: each event costs the same. One of each batch comes a
 * second time. What is not acknowledged is sent again until it is.
 */
public final class Canaries implements AutoCloseable {
    public static final String COMPANY = "canary";
    public static final String QUOTA = "canary-month";
    /** 1,000 × 0.000001 + 500 × 0.000002. */
    public static final BigDecimal COST = new BigDecimal("0.002");

    private static final String SOURCE = "mine";
    private static final int BATCH = 20;
    private static final long PAUSE_MILLIS = 100;
    private static final int MOST_UNEXPECTED = 20;
    private static final String PRICE =
            """
            {"provider":"canary","model":"canary-1","dimension":"%s","unit":"token","unit_price":"%s","currency":"USD",
             "effective_from":"2020-01-01T00:00:00Z"}""";

    private final Doors doors;
    private final Sent sent;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicLong events = new AtomicLong();
    private final ConcurrentLinkedQueue<String> unexpected = new ConcurrentLinkedQueue<>();
    private String key = "";
    private volatile boolean pausing;
    private @Nullable Future<?> work;

    /**
     * Of no company as yet.
     *
     * @param record of what was sent, as the oracle reads it
     */
    public Canaries(Doors doors, Path record) throws IOException {
        this.doors = doors;
        this.sent = new Sent(record);
    }

    /** Company, key, quota and prices. */
    public void configure() throws IOException, InterruptedException, UnexpectedAnswerException {
        key = secretOf(COMPANY);
        doors.change(
                0,
                "PUT",
                "quotas/" + QUOTA,
                """
                {"scope":{"company":"%s"},"metric":"cost","limit":"1000000","currency":"USD","period":"month","enforcement":"soft"}"""
                        .formatted(COMPANY));
        doors.change(
                0,
                "POST",
                "prices",
                "[" + PRICE.formatted("input", "0.000001") + "," + PRICE.formatted("output", "0.000002") + "]");
    }

    /** Makes a company, and gives a key of its that may do what services do. */
    public String secretOf(String company) throws IOException, InterruptedException, UnexpectedAnswerException {
        doors.change(0, "PUT", "companies/" + company, Companies.company(company));
        return doors.change(
                        0,
                        "POST",
                        "keys",
                        """
                        {"company":"%s","name":"load","scopes":["ingest","correct","read","admission"]}"""
                                .formatted(company))
                .get("secret")
                .asString();
    }

    public void start() {
        pausing = false;
        work = thread.submit(this::sendAll);
    }

    /** Returns when all that was begun is acknowledged and the record of it is written. */
    public void pause() throws InterruptedException, ExecutionException, IOException {
        pausing = true;
        Future<?> begun = work;
        if (begun != null) {
            begun.get();
        }
        sent.flush();
    }

    /** How many there are by now, each of which costs {@link #COST}. */
    public long events() {
        return events.get();
    }

    /** Answers that nothing excuses, the first few of them. */
    public List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    private void sendAll() {
        try {
            while (!pausing) {
                Batch batch = next();
                while (!delivered(batch)) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
                events.addAndGet(BATCH - 1);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("what was sent can't be written down", e);
        }
    }

    private Batch next() {
        List<Submission> batch = new ArrayList<>();
        for (long number = events.get(); batch.size() < BATCH - 1; number++) {
            batch.add(event("c-" + number));
        }
        batch.add(batch.get(0));
        return new Batch(COMPANY, batch);
    }

    private static Submission event(String id) {
        String json =
                """
                {"specversion":"1.0","type":"tollgate.usage.v1","source":"%s","id":"%s","time":"%s",
                 "data":{"provider":"canary","model":"canary-1","dimensions":{"input":1000,"output":500}}}"""
                        .formatted(SOURCE, id, Instant.now());
        return new Submission(Kind.USAGE, COMPANY, SOURCE, id, json);
    }

    private boolean delivered(Batch batch) throws IOException, InterruptedException {
        List<Answer> answers = Collections.nCopies(BATCH, Answer.UNKNOWN);
        try {
            answers = doors.send(0, key, batch);
        } catch (IOException e) {
            unexpected("no answer: " + e);
        } catch (UnexpectedAnswerException e) {
            unexpected(String.valueOf(e.getMessage()));
        }
        for (int i = 0; i < BATCH; i++) {
            sent.add(batch.submissions().get(i), answers.get(i));
        }
        if (answers.contains(Answer.REJECTED)) {
            unexpected("rejected: " + batch);
        }
        return !answers.contains(Answer.UNKNOWN);
    }

    private void unexpected(String what) {
        if (unexpected.size() < MOST_UNEXPECTED) {
            unexpected.add(what);
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        sent.close();
    }
}
