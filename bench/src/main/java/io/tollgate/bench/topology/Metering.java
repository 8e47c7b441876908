package io.tollgate.bench.topology;

import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.bench.Reading;
import io.tollgate.bench.load.Catalog;
import io.tollgate.bench.load.Companies;
import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.bench.process.Accounts;
import io.tollgate.bench.process.Drain;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.Workload;
import io.tollgate.embedded.Folders;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.streams.MeteringTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The metering service as it ships: dedupe, rating and totals over events that it has never seen, with prices loaded. It
 * is stopped while a round's events are written, and timed until all of them are committed and no partial total waits. Its
 * state stays from round to round, so ids gather in it. {@link MeteringProcess} is how its parent talks to it.
 */
final class Metering implements Workload {
    /** Command: how many companies, and the percentage of all events that the first one has; 0: all alike. */
    static final String COMPANIES = "companies";

    /** Command: how many ids are to be remembered before the first round; answered like {@link #RESTORE}. */
    static final String REMEMBER = "remember";

    /** Command: the state is thrown away and read again; answered by the ids and the nanoseconds that it took. */
    static final String RESTORE = "restore";

    /** Command: answered by {@link EntryFigures#words}. */
    static final String FILES = "files";

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration RESTORE_LIMIT = Duration.ofMinutes(60);
    private static final int SAMPLE = 1_000;
    private static final int SAMPLE_SEED = 900_000;

    private final Endpoints endpoints;
    private final Events load;
    private final EventTopic events;
    private final EventTopic partials;
    private final EventTopic rated;
    private final Path state = Path.of("metering");
    private int storeMemoryMb;
    private long remembered;

    private Metering(Endpoints endpoints) throws Exception {
        this.endpoints = endpoints;
        this.load = new Events(endpoints);
        this.events = new EventTopic(endpoints.kafka(), Topics.USAGE_EVENTS.name());
        this.partials = new EventTopic(endpoints.kafka(), Topics.USAGE_PARTIALS.name());
        this.rated = new EventTopic(endpoints.kafka(), Topics.USAGE_RATED.name());
        Accounts accounts = new Accounts(endpoints);
        for (PriceTimeline timeline : Catalog.timelines()) {
            accounts.price(timeline);
        }
    }

    /** Makes it. */
    public static final class Maker implements Workload.Maker {
        @Override
        public Workload make(Endpoints endpoints) throws Exception {
            return new Metering(endpoints);
        }
    }

    @Override
    @SuppressWarnings("try") // the service is open while it is timed, and does the rest by itself
    public Reading run(int round, int count) throws Exception {
        long from = events.end();
        events.fill(count, load.source(1 + round));
        long to = from + count;
        long ratedBefore = rated.end();
        Reading reading;
        try (RunningService service = start()) {
            reading = Drain.until(() -> position(to), from, to, LIMIT);
        }
        // The end of each transaction takes an offset too, so there may be more of them, never fewer.
        if (rated.end() - ratedBefore < count) {
            throw new IllegalStateException("of " + count + " events not all have a ledger row");
        }
        return reading;
    }

    @Override
    public String answer(List<String> words) throws Exception {
        return switch (words.get(0)) {
            case COMPANIES -> {
                int count = Integer.parseInt(words.get(1));
                int percent = Integer.parseInt(words.get(2));
                load.of(percent == 0 ? Companies.uniform(count) : Companies.hot(count, percent));
                yield "";
            }
            case REMEMBER -> remember(Integer.parseInt(words.get(1)));
            case RESTORE -> restore(List.of());
            case FILES ->
                EntryFiles.look(state, storeMemoryMb, events.partitions()).words();
            default -> Workload.super.answer(words);
        };
    }

    private String remember(int ids) throws Exception {
        UsageLoad sample = new UsageLoad(SAMPLE_SEED, Instant.now());
        List<UsageEvent> sent = Stream.generate(sample::next).limit(SAMPLE).toList();
        try (RunningService service = start()) {
            storeMemoryMb = service.storeMemoryMb();
            meter(sent);
        }
        RememberedIds known = new RememberedIds(endpoints, events.partitions());
        known.check(sent);
        known.write(ids);
        remembered = (long) sent.size() + ids;
        Supplier<UsageEvent> first = known.again();
        return restore(Stream.generate(first).limit(Math.min(SAMPLE, ids / 2)).toList());
    }

    /** @param known events that must turn out to be duplicates then */
    private String restore(List<UsageEvent> known) throws Exception {
        Folders.delete(state);
        long begun = System.nanoTime();
        try (RunningService service = start()) {
            service.awaitProcessing(RESTORE_LIMIT);
            long nanos = System.nanoTime() - begun;
            long ratedBefore = rated.end();
            meter(known);
            if (rated.end() != ratedBefore) {
                throw new IllegalStateException("ids that should be remembered were metered");
            }
            long duplicates = duplicates();
            if (!known.isEmpty() && duplicates != known.size()) {
                throw new IllegalStateException(
                        "of " + known.size() + " remembered ids " + duplicates + " were duplicates");
            }
            return remembered + " " + nanos;
        }
    }

    /** Sends events to the service that runs and returns when they are committed. */
    private void meter(List<UsageEvent> some) throws Exception {
        long to = events.end() + some.size();
        events.fill(some.size(), load.source(some.iterator()::next));
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (position(to) < to) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("after " + LIMIT + " " + some.size() + " events are not committed");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private long duplicates() {
        AtomicLong duplicates = new AtomicLong();
        CommittedRecords.read(endpoints.kafka(), Topics.USAGE_OUTCOMES.name(), record -> {
            if (load.codecs().outcomes().decode(record.value()).getOutcome() == OutcomeKind.DUPLICATE) {
                duplicates.incrementAndGet();
            }
        });
        return duplicates.get();
    }

    private RunningService start() throws Exception {
        return RunningService.start(endpoints, events.partitions(), state);
    }

    private long position(long to) throws Exception {
        long committed = events.committed(MeteringTopology.APPLICATION_ID);
        return committed >= to && partialsWait() ? to - 1 : committed;
    }

    /** The last offset of a partition may be a transaction's end, which nobody commits. */
    private boolean partialsWait() throws Exception {
        return partials.committed(MeteringTopology.APPLICATION_ID) < partials.end() - partials.partitions();
    }

    @Override
    public void close() {
        events.close();
        partials.close();
        rated.close();
    }
}
