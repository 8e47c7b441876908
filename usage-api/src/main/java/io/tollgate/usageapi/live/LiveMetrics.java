package io.tollgate.usageapi.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;

/** What operators see of the streams. */
final class LiveMetrics {
    private static final Duration[] DELAYS = LongStream.of(
                    25, 50, 100, 200, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 30_000, 60_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry meters;
    private final Counter dropped;
    private final Timer delay;

    LiveMetrics(MeterRegistry meters) {
        this.meters = meters;
        dropped = Counter.builder("tollgate.live.dropped")
                .description("Streams that were cut since their reader did not read")
                .register(meters);
        delay = Timer.builder("tollgate.live.delay")
                .description("From the broker's time of a frame's first record to the frame")
                .serviceLevelObjectives(DELAYS)
                .register(meters);
    }

    void show(IntSupplier subscribers, BooleanSupplier isFresh) {
        Gauge.builder("tollgate.live.subscribers", subscribers::getAsInt)
                .description("Streams that are open")
                .register(meters);
        Gauge.builder("tollgate.live.fresh", () -> isFresh.getAsBoolean() ? 1 : 0)
                .description("Whether Kafka answers, and streams so tell what happens now")
                .register(meters);
    }

    void dropped() {
        dropped.increment();
    }

    void told(Frame frame, Instant now) {
        if (frame.hasRecords()) {
            Duration late = Duration.between(frame.stretch().from(), now);
            // Two clocks: the broker's may be ahead.
            delay.record(late.isNegative() ? Duration.ZERO : late);
        }
    }
}
