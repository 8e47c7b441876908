package io.tollgate.gateway.otlp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How many spans came, by what becomes of them; a span that is sent again counts again. */
final class SpanMetrics {
    private final Map<Operation.Kind, Counter> read = new EnumMap<>(Operation.Kind.class);

    SpanMetrics(MeterRegistry registry) {
        for (Operation.Kind kind : Operation.Kind.values()) {
            read.put(
                    kind,
                    Counter.builder("tollgate.spans.read")
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                            .description("Spans that came: leaf ones are model calls, the others are let go")
                            .register(registry));
        }
    }

    void read(Leaves leaves) {
        read.forEach((kind, counter) -> counter.increment(leaves.count(kind)));
    }
}
