package io.tollgate.sink.batch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What one topic's writer did, in the units that an operator asks for. */
public final class BatchMetrics {
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
                .description(
                        "From the broker's time of a submission to the commit of its row; the oldest of each batch")
                .tag("topic", topic)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String topic, String name, String description) {
        return Counter.builder("tollgate.sink." + name)
                .description(description)
                .tag("topic", topic)
                .register(registry);
    }

    /** @param oldest epoch µs of the record that waited longest; {@code Long.MAX_VALUE} for none */
    void committed(int recordCount, int letterCount, long oldest) {
        records.increment(recordCount);
        batches.increment();
        deadLetters.increment(letterCount);
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        if (oldest < now) {
            delay.record(Duration.of(now - oldest, ChronoUnit.MICROS));
        }
    }

    public void retried() {
        retries.increment();
    }

    public void outrun() {
        outrun.increment();
    }
}
