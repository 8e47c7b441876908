package io.tollgate.sink.batch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** What one topic's writer did, in the units that an operator asks for. */
public final class BatchMetrics {
    /** About the half of a second that it takes, and up to where nobody waits any more. */
    private static final Duration[] DELAYS = LongStream.of(
                    25, 50, 100, 200, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 30_000, 60_000,
                    300_000, 600_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Clock clock;
    private final Counter records;
    private final Counter batches;
    private final Counter retries;
    private final Counter outrun;
    private final Counter deadLetters;
    private final Timer delay;

    public BatchMetrics(MeterRegistry registry, Clock clock, String topic) {
        this.clock = clock;
        records = counter(registry, topic, "records", "Records whose effect is committed");
        batches = counter(registry, topic, "batches", "Transactions committed");
        retries = counter(registry, topic, "retries", "Batches that failed and are tried again");
        outrun = counter(registry, topic, "outrun", "Batches that another sink had written already");
        deadLetters = counter(registry, topic, "dead.letters", "Records that could not be written as they are");
        delay = Timer.builder("tollgate.sink.delay")
                .description("From the broker's time of a submission to the commit of its row")
                .tag("topic", topic)
                .serviceLevelObjectives(DELAYS)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String topic, String name, String description) {
        return Counter.builder("tollgate.sink." + name)
                .description(description)
                .tag("topic", topic)
                .register(registry);
    }

    void committed(int recordCount, int letterCount) {
        records.increment(recordCount);
        batches.increment();
        deadLetters.increment(letterCount);
    }

    /** Epoch µs. */
    long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** Of one row; the broker's clock may be ahead of ours. */
    void delayed(long micros) {
        delay.record(Math.max(0, micros), TimeUnit.MICROSECONDS);
    }

    public void retried() {
        retries.increment();
    }

    public void outrun() {
        outrun.increment();
    }
}
