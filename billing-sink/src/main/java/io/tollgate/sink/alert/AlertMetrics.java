package io.tollgate.sink.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertKind;
import io.tollgate.sink.text.Words;
import java.util.EnumMap;
import java.util.Map;

/** Alerts that are in the books, by kind: those that told of a crossing, and those that took it back. */
public final class AlertMetrics {
    private final Map<AlertKind, Counter> raised = new EnumMap<>(AlertKind.class);
    private final Map<AlertKind, Counter> resolved = new EnumMap<>(AlertKind.class);

    public AlertMetrics(MeterRegistry registry) {
        for (AlertKind kind : AlertKind.values()) {
            raised.put(kind, counter(registry, kind, "Crossings of thresholds", "tollgate.alerts.raised"));
            resolved.put(kind, counter(registry, kind, "Crossings that are over", "tollgate.alerts.resolved"));
        }
    }

    private static Counter counter(MeterRegistry registry, AlertKind kind, String description, String name) {
        return Counter.builder(name)
                .description(description)
                .tag("kind", Words.of(kind))
                .register(registry);
    }

    void raised(Alert alert) {
        Counter counter = (alert.getResolved() ? resolved : raised).get(alert.getKind());
        if (counter != null) {
            counter.increment();
        }
    }
}
