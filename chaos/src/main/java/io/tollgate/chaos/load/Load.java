package io.tollgate.chaos.load;

import io.tollgate.chaos.load.Sent.Answer;
import io.tollgate.chaos.load.Traffic.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A load that goes on whatever happens: what is not acknowledged is sent again, to one gateway after the other, until it
 * is. Prices change meanwhile. It ends when it is told to, and not before everything that it ever sent is acknowledged.
 */
public final class Load implements AutoCloseable {
    private static final int SENDERS = 6;
    private static final long PAUSE_MILLIS = 100;
    /** So often at that distance; what is away for longer is asked once a second. */
    private static final int QUICK_RETRIES = 20;

    private static final long LONG_PAUSE_MILLIS = 1_000;
    private static final int MOST_UNEXPECTED = 20;

    private final Doors doors;
    private final Pace pace;
    private final Traffic traffic;
    private final EventClock clock = new EventClock();
    private final Sent sent;
    private final Random prices;
    private final Duration priceLead;
    private final Map<String, String> keys = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> work = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Answers answered = new Answers();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong priceChanges = new AtomicLong();
    private final AtomicLongArray lastAcknowledged;
    private final ConcurrentLinkedQueue<String> unexpected = new ConcurrentLinkedQueue<>();

    /**
     * Which load.
     *
     * @param perSecond submissions, new ones and others
     * @param delay how long duplicates and corrections of an event come after it, at most
     * @param priceLead how long before it holds a price change is told
     */
    public record Plan(long seed, int perSecond, Duration delay, Duration priceLead) {}

    public Load(Plan plan, Doors doors, Path record) throws IOException {
        this.doors = doors;
        this.pace = new Pace(plan.perSecond(), Traffic.BATCH);
        this.traffic = new Traffic(plan.seed(), clock, plan.delay());
        this.sent = new Sent(record);
        this.prices = new Random(plan.seed() + 1);
        this.priceLead = plan.priceLead();
        this.lastAcknowledged = new AtomicLongArray(doors.gateways());
        for (int i = 0; i < doors.gateways(); i++) {
            lastAcknowledged.set(i, System.nanoTime());
        }
    }

    /** Companies, keys, quotas, alert rules and prices. */
    public void configure() throws IOException, InterruptedException, UnexpectedAnswerException {
        for (int i = 0; i < Companies.COUNT; i++) {
            String company = Companies.ids().get(i);
            doors.change(0, "PUT", "companies/" + company, Companies.company(company));
            keys.put(
                    company,
                    doors.change(0, "POST", "keys", Companies.key(company))
                            .get("secret")
                            .asString());
            doors.change(0, "PUT", "quotas/" + Companies.quotaId(i), Companies.quota(i));
            doors.change(0, "PUT", "alert-rules/rule-" + i, Companies.alertRule(i));
        }
        doors.change(0, "POST", "prices", "[" + String.join(",", Prices.atStart(prices)) + "]");
    }

    public void start() {
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            work.add(threads.submit(() -> send(sender)));
        }
        work.add(threads.submit(this::changePrices));
    }

    /** Sends what was still to come, and returns when all of it is acknowledged and the record is written. */
    public void finish() throws InterruptedException, ExecutionException, IOException {
        stopping.countDown();
        for (Future<?> each : work) {
            each.get();
        }
        int sender = 0;
        for (Batch batch : traffic.rest()) {
            deliver(sender++, batch);
        }
        sent.flush();
    }

    /** Submissions that were acknowledged so far. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** Batches that were sent again, however often. */
    public long retries() {
        return retries.get();
    }

    public long priceChanges() {
        return priceChanges.get();
    }

    /** Whether each gateway has acknowledged a request that began after that moment. */
    public boolean hasAcknowledgedSince(long nanoTime) {
        for (int i = 0; i < lastAcknowledged.length(); i++) {
            if (lastAcknowledged.get(i) - nanoTime <= 0) {
                return false;
            }
        }
        return true;
    }

    /** Looks from now on at what producers are answered. */
    public Answers.Stretch observe() {
        return answered.begin();
    }

    /** Answers that nothing excuses, the first few of them. */
    public List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    private void send(int sender) {
        try {
            while (!stopping.await(pace.untilNext(), TimeUnit.NANOSECONDS)) {
                deliver(sender, traffic.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(int sender, Batch batch) throws InterruptedException {
        for (int attempt = 0; !delivered((sender + attempt) % doors.gateways(), batch); attempt++) {
            retries.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(attempt < QUICK_RETRIES ? PAUSE_MILLIS : LONG_PAUSE_MILLIS);
        }
    }

    private boolean delivered(int gateway, Batch batch) throws InterruptedException {
        long begun = System.nanoTime();
        List<Submission> submissions = batch.submissions();
        List<Answer> answers;
        try {
            answers = doors.send(gateway, keys.getOrDefault(batch.company(), ""), batch);
        } catch (IOException e) {
            answered.add(ended(e), begun);
            note(submissions, Collections.nCopies(submissions.size(), Answer.UNKNOWN));
            return false;
        } catch (UnexpectedAnswerException e) {
            unexpected("events: " + e.getMessage());
            note(submissions, Collections.nCopies(submissions.size(), Answer.UNKNOWN));
            return false;
        }
        answered.add(answers.contains(Answer.UNKNOWN) ? Answers.Kind.UNAVAILABLE : Answers.Kind.TAKEN, begun);
        note(submissions, answers);
        if (answers.contains(Answer.UNKNOWN)) {
            return false;
        }
        if (answers.contains(Answer.ACKNOWLEDGED)) {
            lastAcknowledged.accumulateAndGet(gateway, begun, (last, now) -> now - last > 0 ? now : last);
        }
        return true;
    }

    private static Answers.Kind ended(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return Answers.Kind.LATE;
        }
        return failure instanceof ConnectException ? Answers.Kind.REFUSED : Answers.Kind.BROKEN;
    }

    private void note(List<Submission> submissions, List<Answer> answers) {
        try {
            for (int i = 0; i < submissions.size(); i++) {
                Submission submission = submissions.get(i);
                Answer answer = answers.get(i);
                sent.add(submission, answer);
                if (answer == Answer.ACKNOWLEDGED) {
                    acknowledged.incrementAndGet();
                }
                boolean malformed = submission.kind() == Submission.Kind.MALFORMED;
                if (answer != Answer.UNKNOWN && malformed != (answer == Answer.REJECTED)) {
                    unexpected(answer + " " + submission.json());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was sent can't be written down", e);
        }
    }

    private void unexpected(String what) {
        if (unexpected.size() < MOST_UNEXPECTED) {
            unexpected.add(what);
        }
    }

    /** One after the other: events reach a change only when it is in force and has been for a while. */
    private void changePrices() {
        try {
            while (!stopping.await(priceLead.toMillis() / 2, TimeUnit.MILLISECONDS)) {
                Instant from = Instant.now().plus(priceLead).truncatedTo(ChronoUnit.MILLIS);
                clock.holdBefore(from);
                String change = "[" + Prices.change(prices, from) + "]";
                for (int gateway = 0; !changed(gateway % doors.gateways(), change); gateway++) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
                priceChanges.incrementAndGet();
                // As long as a paused process may still go by the prices that it has read.
                TimeUnit.MILLISECONDS.sleep(priceLead.toMillis());
                clock.lift();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean changed(int gateway, String change) throws InterruptedException {
        try {
            doors.change(gateway, "POST", "prices", change);
            return true;
        } catch (IOException | UnexpectedAnswerException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        sent.close();
    }
}
