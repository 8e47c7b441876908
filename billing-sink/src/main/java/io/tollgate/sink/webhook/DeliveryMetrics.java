package io.tollgate.sink.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.sink.text.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Attempts by what became of the delivery, and how long receivers wait for an alert. */
final class DeliveryMetrics {
    /** From the first attempt's to the last one's, three days later. */
    private static final Duration[] DELAYS = LongStream.of(1, 2, 5, 10, 30, 60, 300, 3_600, 21_600, 86_400, 259_200)
            .mapToObj(Duration::ofSeconds)
            .toArray(Duration[]::new);

    private final Map<Verdict.State, Counter> attempts = new EnumMap<>(Verdict.State.class);
    private final Timer delay;
    private final Clock clock;

    /** @param failing receivers whose last attempt failed */
    DeliveryMetrics(MeterRegistry registry, Clock clock, Set<String> failing) {
        this.clock = clock;
        Gauge.builder("tollgate.webhooks.failing", failing, Set::size)
                .description("Receivers whose last attempt failed")
                .register(registry);
        for (Verdict.State state : Verdict.State.values()) {
            attempts.put(
                    state,
                    Counter.builder("tollgate.webhook.attempts")
                            .description("Attempts to deliver an alert; pending: failed, and tried again")
                            .tag("state", Words.of(state))
                            .register(registry));
        }
        delay = Timer.builder("tollgate.webhook.delay")
                .description("From an alert's time to its receiver's 2xx")
                .serviceLevelObjectives(DELAYS)
                .register(registry);
    }

    void ended(Ended attempt) {
        Counter counter = attempts.get(attempt.verdict().state());
        if (counter != null) {
            counter.increment();
        }
        if (attempt.verdict().state() == Verdict.State.DELIVERED) {
            Instant raised = Instant.EPOCH.plus(attempt.due().alert().getAt(), ChronoUnit.MICROS);
            Duration took = Duration.between(raised, clock.instant());
            delay.record(took.isNegative() ? Duration.ZERO : took);
        }
    }
}
