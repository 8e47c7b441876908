package io.tollgate.gateway.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.gateway.http.RequestMeters;
import java.util.concurrent.TimeUnit;

/** What is counted of admissions. One counts as granted when it is acknowledged, not before. */
public final class AdmissionMetrics {
    private final Counter granted;
    private final Counter wouldDeny;
    private final RequestMeters.ByCode denied;
    private final RequestMeters.ByCode refused;
    private final Timer done;

    public AdmissionMetrics(MeterRegistry registry, Connector connector) {
        this.granted = Counter.builder("tollgate.admissions.granted")
                .description("Admissions acknowledged by the brokers")
                .register(registry);
        this.denied = new RequestMeters.ByCode(
                registry, "tollgate.admissions.denied", "Asked properly, and may not go ahead");
        this.refused = new RequestMeters.ByCode(
                registry, "tollgate.admissions.refused", "Requests about admissions that were not decided");
        this.wouldDeny = Counter.builder("tollgate.admissions.would.deny")
                .description("Granted admissions that did not fit a shadow quota")
                .register(registry);
        this.done = RequestMeters.timer(
                registry,
                "tollgate.admissions.requests",
                "From the head of a request about an admission to its answer");
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
        denied.count(code);
    }

    /** Not decided. */
    void refused(String code) {
        refused.count(code);
    }

    void end(long begun) {
        done.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }

    private static int open(Connector connector) {
        Backbone backbone = connector.backbone();
        return backbone == null ? 0 : backbone.admissions().open();
    }
}
