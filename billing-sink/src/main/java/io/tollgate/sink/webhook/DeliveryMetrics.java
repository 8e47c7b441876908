package io.tollgate.sink.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.sink.text.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;

/** Attempts by what became of the delivery, and how long receivers wait for an alert. */
final class DeliveryMetrics {
    private final Map<Verdict.State, Counter> attempts = new EnumMap<>(Verdict.State.class);
    private final Timer delay;
    private final Clock clock;

    DeliveryMetrics(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        for (Verdict.State state : Verdict.State.values()) {
            attempts.put(
                    state,
                    Counter.builder("tollgate.sink.deliveries")
                            .description("Attempts to deliver an alert; pending: failed, and tried again")
                            .tag("state", Words.of(state))
                            .register(registry));
        }
        delay = Timer.builder("tollgate.sink.delivery.delay")
                .description("From an alert's time to its receiver's 2xx")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofMinutes(10))
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
