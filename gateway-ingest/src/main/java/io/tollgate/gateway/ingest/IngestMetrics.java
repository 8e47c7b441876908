package io.tollgate.gateway.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.gateway.http.ByteBudget;
import io.tollgate.gateway.http.RequestMeters;
import io.tollgate.schemas.submission.RejectionCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of events. An event counts as accepted when it is acknowledged, not before. */
public final class IngestMetrics {
    private final Counter accepted;
    private final Map<RejectionCode, Counter> rejected = new EnumMap<>(RejectionCode.class);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Timer done;
    private final RequestMeters.ByCode refused;

    public IngestMetrics(MeterRegistry registry, ByteBudget budget) {
        this.accepted = Counter.builder("tollgate.events.accepted")
                .description("Events acknowledged by the brokers")
                .register(registry);
        for (RejectionCode code : RejectionCode.values()) {
            rejected.put(
                    code,
                    Counter.builder("tollgate.events.rejected")
                            .description("Events that were refused, each in its answer")
                            .tag("code", code.word())
                            .register(registry));
        }
        this.done = RequestMeters.timer(
                registry, "tollgate.events.requests", "From the head of a request with events to its answer");
        this.refused = new RequestMeters.ByCode(
                registry, "tollgate.events.requests.refused", "Requests with events that were refused as a whole");
        Gauge.builder("tollgate.events.requests.in.flight", inFlight, AtomicInteger::get)
                .description("Requests with events that are not answered yet")
                .register(registry);
        Gauge.builder("tollgate.events.in.flight", budget, ByteBudget::used)
                .description("What the bodies of unanswered requests hold")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("tollgate.events.in.flight.limit", budget, ByteBudget::limit)
                .description("Beyond it requests are refused with 503")
                .baseUnit("bytes")
                .register(registry);
    }

    long begin() {
        inFlight.incrementAndGet();
        return System.nanoTime();
    }

    void end(long begun) {
        inFlight.decrementAndGet();
        done.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }

    /** A request that was refused as a whole. */
    void refused(String code) {
        refused.count(code);
    }

    void taken(Report report) {
        accepted.increment(report.accepted().size());
        if (report.accepted().size() < report.verdicts().size()) {
            for (Verdict verdict : report.verdicts()) {
                if (verdict instanceof Verdict.Rejected rejection) {
                    Counter counter = rejected.get(rejection.rejection().code());
                    if (counter != null) {
                        counter.increment();
                    }
                }
            }
        }
    }
}
