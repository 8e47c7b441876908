package io.tollgate.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** Meters that requests have in common. */
public final class RequestMeters {
    /** From an ack of a broker beside us to the longest that a request may take. */
    private static final Duration[] LATENCIES = LongStream.of(
                    1, 2, 5, 10, 15, 25, 50, 75, 100, 150, 250, 500, 750, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private RequestMeters() {}

    /** A histogram of requests' times. */
    public static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    /** Counts by code; each code, of which there are a few dozen and none is a client's, is looked up once. */
    public static final class ByCode {
        private final Map<String, Counter> counters = new ConcurrentHashMap<>();
        private final MeterRegistry registry;
        private final String name;
        private final String description;

        public ByCode(MeterRegistry registry, String name, String description) {
            this.registry = registry;
            this.name = name;
            this.description = description;
        }

        public void count(String code) {
            counters.computeIfAbsent(code, this::counter).increment();
        }

        private Counter counter(String code) {
            return Counter.builder(name)
                    .description(description)
                    .tag("code", code)
                    .register(registry);
        }
    }
}
