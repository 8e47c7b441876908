package io.tollgate.sink.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.avro.Webhook;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.database.RootMessage;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Brings alerts to webhooks. One thread takes due deliveries and writes what became of them, each in a short transaction; the
 * attempts run between those without a thread, at most so many to one receiver, so one that is slow holds up neither
 * another nor those who write the books. A delivery is attempted at least once: if a sink dies over it, it comes again under
 * the same id. Any number of sinks may work on the same table.
 */
public final class Courier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    /** What another sink wrote is found by looking. */
    private static final Duration POLL = Duration.ofSeconds(1);
    /** For writing down an answer that came in the last moment. */
    private static final Duration LEASE_BEYOND_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);
    private static final int MOST_AT_ONCE = 64;

    private final WebhookSettings settings;
    private final ConfigTable<Webhook> webhooks;
    private final DeliveryTable deliveries;
    private final DeliveryMetrics metrics;
    private final Sender sender;
    private final Clock clock;
    private final Semaphore wakeups = new Semaphore(0);
    private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
    /** Attempts by delivery; they leave when what became of them is written. The thread's own, like the next. */
    private final Map<String, Attempt> inFlight = new HashMap<>();

    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "webhooks");
    private volatile boolean open = true;
    private long swept = System.nanoTime() - POLL.toNanos();
    private boolean troubled;

    private record Attempt(String webhook, Disposable sending) {}

    public Courier(
            WebhookSettings settings,
            DataSource database,
            ConfigTable<Webhook> webhooks,
            MeterRegistry meters,
            Clock clock) {
        this.settings = settings;
        this.webhooks = webhooks;
        this.clock = clock;
        deliveries = new DeliveryTable(database, settings.timeout().plus(LEASE_BEYOND_TIMEOUT));
        metrics = new DeliveryMetrics(meters, clock, failing);
        sender = new Sender(
                address -> settings.allowPrivate() || AddressRules.isPublic(address), settings.timeout(), clock);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** There is something to do. */
    public void wake() {
        wakeups.release();
    }

    private void run() {
        while (open) {
            try {
                boolean ignored = wakeups.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                wakeups.drainPermits();
                round();
                troubled = false;
            } catch (InterruptedException e) {
                open = false;
            } catch (SQLException | RuntimeException e) {
                trouble(e);
            }
        }
        try {
            leave();
        } catch (SQLException | RuntimeException e) {
            log.warn("deliveries under way come again when their lease is over: {}", RootMessage.of(e));
        }
    }

    /** Once: an outage may last for hours. */
    private void trouble(Exception e) {
        if (!troubled) {
            log.warn("deliveries wait: {}", RootMessage.of(e));
        }
        log.debug("deliveries wait", e);
        troubled = true;
    }

    private void round() throws SQLException {
        settle();
        if (!webhooks.caughtUp()) {
            return;
        }
        sweep();
        int free = Math.min(MOST_AT_ONCE, settings.inFlight() - inFlight.size());
        Map<String, Integer> room = room();
        if (free > 0 && !room.isEmpty()) {
            List<Due> taken = deliveries.take(room, free);
            taken.forEach(this::send);
            if (taken.size() == MOST_AT_ONCE) {
                wake();
            }
        }
    }

    private void settle() throws SQLException {
        List<Ended> all = new ArrayList<>(ended);
        if (all.isEmpty()) {
            return;
        }
        deliveries.settle(all);
        for (Ended attempt : all) {
            boolean ignored = ended.remove(attempt);
            inFlight.remove(attempt.due().id());
            metrics.ended(attempt);
            remember(attempt);
        }
    }

    private void remember(Ended attempt) {
        Due due = attempt.due();
        Verdict verdict = attempt.verdict();
        if (verdict.state() == Verdict.State.DELIVERED) {
            failing.remove(due.webhook());
            return;
        }
        // Once for a receiver that goes on failing: each attempt is in the table.
        boolean news = failing.add(due.webhook()) || verdict.state() != Verdict.State.PENDING;
        log.atLevel(news ? Level.INFO : Level.DEBUG)
                .addKeyValue("alert_id", due.alert().getId())
                .addKeyValue("webhook", due.webhook())
                .addKeyValue("delivery_id", due.id())
                .log(
                        "alert {} to webhook {}, attempt {}: {}, status {}, {}",
                        due.alert().getId(),
                        due.webhook(),
                        due.attempt(),
                        verdict.state(),
                        verdict.status(),
                        verdict.error());
    }

    private void sweep() throws SQLException {
        if (System.nanoTime() - swept < POLL.toNanos()) {
            return;
        }
        int refused = deliveries.refuseOthers(names());
        int givenUp = deliveries.giveUp();
        if (refused + givenUp > 0) {
            log.warn("{} deliveries to webhooks that don't exist, {} past their time", refused, givenUp);
        }
        swept = System.nanoTime();
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        webhooks.values().forEach(webhook -> names.add(webhook.getId()));
        return names;
    }

    private Map<String, Integer> room() {
        Map<String, Integer> room = new HashMap<>();
        names().forEach(name -> room.put(name, failing.contains(name) ? 1 : settings.perReceiver()));
        inFlight.values().forEach(attempt -> room.computeIfPresent(attempt.webhook(), (name, free) -> free - 1));
        room.values().removeIf(free -> free <= 0);
        return room;
    }

    private void send(Due due) {
        Instant begun = clock.instant();
        // Whatever is wrong with one must not keep the others of its batch waiting for their leases.
        Mono<Answer> answer = Mono.defer(() -> post(due, begun))
                .onErrorResume(RuntimeException.class, e -> Mono.just(new Answer.Nothing(e.toString())));
        Disposable sending = answer.subscribe(received -> {
            Duration took = Duration.between(begun, clock.instant());
            Verdict verdict = Verdict.of(due.attempt(), due.left().minus(took), received, ThreadLocalRandom.current());
            ended.add(new Ended(due, begun, took, verdict));
            wake();
        });
        inFlight.put(due.id(), new Attempt(due.webhook(), sending));
    }

    private Mono<Answer> post(Due due, Instant begun) {
        Receiver receiver = Receiver.of(webhooks.get(due.webhook()), due.id(), due.alert(), begun);
        return receiver instanceof Receiver.Open found
                ? sender.post(found)
                : Mono.just(new Answer.NotSent(receiver instanceof Receiver.Closed closed ? closed.reason() : ""));
    }

    /** Waits a little for answers that are on their way, and gives the rest back at once. */
    private void leave() throws SQLException {
        long until = System.nanoTime() + LAST_ANSWERS.toNanos();
        settle();
        while (!inFlight.isEmpty() && System.nanoTime() < until) {
            try {
                boolean ignored = wakeups.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                break;
            }
            settle();
        }
        inFlight.values().forEach(attempt -> attempt.sending().dispose());
        deliveries.release(inFlight.keySet());
    }

    @Override
    public void close() {
        open = false;
        wake();
        try {
            thread.join(LAST_ANSWERS.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.close();
        webhooks.close();
    }
}
