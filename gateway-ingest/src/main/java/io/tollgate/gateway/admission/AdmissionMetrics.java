package io.tollgate.gateway.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Connector;
import java.util.concurrent.TimeUnit;

/** What is counted of admissions. One counts as granted when it is acknowledged, not before. */
public final class AdmissionMetrics {
    private final MeterRegistry registry;
    private final Counter granted;
    private final Counter wouldDeny;
    private final Timer done;

    public AdmissionMetrics(MeterRegistry registry, Connector connector) {
        this.registry = registry;
        this.granted = Counter.builder("tollgate.admissions.granted").register(registry);
        this.wouldDeny = Counter.builder("tollgate.admissions.would.deny")
                .description("Granted admissions that did not fit a shadow quota")
                .register(registry);
        this.done = Timer.builder("tollgate.admissions.requests")
                .description("From the head of a request about an admission to its answer")
                .register(registry);
        Gauge.builder("tollgate.admissions.open", connector, AdmissionMetrics::open)
                .description("Reservations that hold something")
                .register(registry);
    }

    void granted(boolean someWouldDeny) {
        granted.increment();
        if (someWouldDeny) {
            wouldDeny.increment();
        }
    }

    /** Asked properly, and may not. */
    void denied(String code) {
        registry.counter("tollgate.admissions.denied", "code", code).increment();
    }

    /** Not decided. */
    void refused(String code) {
        registry.counter("tollgate.admissions.refused", "code", code).increment();
    }

    void end(long begun) {
        done.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }

    private static int open(Connector connector) {
        Backbone backbone = connector.backbone();
        return backbone == null ? 0 : backbone.admissions().open();
    }
}
