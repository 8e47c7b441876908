package io.tollgate.usageapi.live;

import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All streams of this instance: who is told, that they still may be, that they read, and that the server can stop in
 * spite of them.
 */
final class LiveStreams implements Listener {
    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** Two instances read the same topics at nearly the same time. */
    static final Duration CATCHING_UP = Duration.ofSeconds(30);

    /** How many companies' keys it takes to use up all streams: one alone must not keep the others out. */
    private static final int TENANTS = 4;

    private final Ring ring;
    private final UsageApiSettings.Live settings;
    private final Clock clock;
    private final LongSupplier nanos;
    private final LiveMetrics metrics;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean isStopping;
    private volatile @Nullable Instant staleSince;

    /**
     * A stream that is open.
     *
     * @param tenant the company whose key opened it; null: an administrator did
     * @param mayGoOn whether its caller may still read what they asked for
     */
    private record Stream(Subscriber subscriber, @Nullable String tenant, BooleanSupplier mayGoOn, long since) {}

    /** @param nanos as {@link System#nanoTime} */
    LiveStreams(UsageApiSettings.Live settings, Clock clock, LongSupplier nanos, LiveMetrics metrics) {
        this.ring = new Ring(settings.kept(), settings.memory().toBytes());
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.metrics = metrics;
        metrics.show(streams::size, () -> staleSince == null);
    }

    /** A stream that is opened. */
    interface Opened {
        Subscriber subscriber();

        /** It is over, for whatever reason. */
        void close();
    }

    /**
     * Opens a stream.
     *
     * @param tenant the company whose key asks; null: an administrator
     * @param from what the caller has read; null: they begin with what comes
     * @throws Problem if there are as many as there may be, or the service is stopping
     */
    synchronized Opened open(
            LiveQuestion question,
            @Nullable String tenant,
            @Nullable Position from,
            Outlet outlet,
            BooleanSupplier mayGoOn) {
        if (isStopping) {
            throw Problem.unavailable("stopping", "The service is stopping. Another instance may have it.");
        }
        if (streams.size() >= settings.subscribers()) {
            throw Problem.unavailable(
                    "too_many_subscribers", "There are as many streams as this instance serves. Try again.");
        }
        if (tenant != null && streamsOf(tenant) >= Math.max(1, settings.subscribers() / TENANTS)) {
            throw Problem.unavailable(
                    "too_many_subscribers", "Company " + tenant + " has as many streams as one may have. Try again.");
        }
        Stream stream = new Stream(
                new Subscriber(new Cursor(ring, question, from), outlet, nanos), tenant, mayGoOn, nanos.getAsLong());
        // First, so that whoever says something to all from here on says it to this one, too.
        streams.add(stream);
        Instant since = staleSince;
        if (since != null) {
            stream.subscriber().say(at -> LiveText.stale(since, at));
        }
        if (isStopping) {
            stream.subscriber().end("stopping");
        }
        return new Opened() {
            @Override
            public Subscriber subscriber() {
                return stream.subscriber();
            }

            @Override
            public void close() {
                streams.remove(stream);
            }
        };
    }

    @Override
    public void opened(Position at, Position ends) {
        ring.open(at, ends);
        wakeAll();
    }

    @Override
    public void read(Entry entry) {
        ring.add(entry, nanos.getAsLong());
        if (entry instanceof Frame frame && ring.isLive()) {
            metrics.told(frame, clock.instant());
        }
        wakeAll();
    }

    @Override
    public void away() {
        if (staleSince == null) {
            Instant now = clock.instant();
            staleSince = now;
            sayToAll(at -> LiveText.stale(now, at));
        }
    }

    @Override
    public void back() {
        Instant since = staleSince;
        if (since != null) {
            staleSince = null;
            sayToAll(at -> LiveText.fresh(since, at));
        }
    }

    /** To be called about every second. */
    void watch() {
        long now = nanos.getAsLong();
        streams.forEach(stream -> watch(stream, now));
    }

    private void watch(Stream stream, long now) {
        Subscriber subscriber = stream.subscriber();
        if (subscriber.isTooSlow(now - settings.patience().toNanos())) {
            metrics.dropped();
            streams.remove(stream);
            subscriber.drop();
            return;
        }
        if (!stream.mayGoOn().getAsBoolean()) {
            subscriber.end("what it was opened with no longer lets it read this");
        } else if (now - subscriber.spokeAt() >= HEARTBEAT.toNanos()) {
            subscriber.say(LiveText::heartbeat);
        }
        boolean isCurrent = staleSince == null && ring.isLive();
        if (isCurrent && now - stream.since() > CATCHING_UP.toNanos() && subscriber.isAhead()) {
            subscriber.giveUp();
        }
        subscriber.wake();
    }

    /** Ends all streams and opens no more. */
    void stop() {
        isStopping = true;
        for (Stream stream : streams) {
            stream.subscriber().end("stopping");
            stream.subscriber().wake();
        }
    }

    private long streamsOf(String tenant) {
        return streams.stream().filter(stream -> tenant.equals(stream.tenant())).count();
    }

    boolean areAllClosed() {
        return streams.isEmpty();
    }

    /** Cuts those that did not take their end. */
    void abort() {
        streams.forEach(stream -> stream.subscriber().drop());
        streams.clear();
    }

    private void sayToAll(Subscriber.Words words) {
        streams.forEach(stream -> stream.subscriber().say(words));
        wakeAll();
    }

    private void wakeAll() {
        streams.forEach(stream -> stream.subscriber().wake());
    }
}
