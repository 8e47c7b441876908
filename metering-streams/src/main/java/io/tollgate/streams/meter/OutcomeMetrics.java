package io.tollgate.streams.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Outcomes by kind, as this process has written them. What a transaction took back after a failure it writes again, and
 * counts again: what is true to the last event is in the books.
 */
public final class OutcomeMetrics {
    private static final String RATED = "rated";

    private final Counter rated;
    private final Map<OutcomeKind, Counter> others = new EnumMap<>(OutcomeKind.class);

    public OutcomeMetrics(MeterRegistry registry) {
        rated = counter(registry, RATED);
        for (OutcomeKind kind : OutcomeKind.values()) {
            others.put(kind, counter(registry, kind.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("tollgate.outcomes")
                .description("Submissions by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** A usage that is priced has no outcome but its row. */
    void written(RatedUsage row) {
        if (row.getKind() == RowKind.USAGE && row.getState() == RatingState.RATED) {
            rated.increment();
        }
    }

    void written(Outcome outcome) {
        Counter counter = others.get(outcome.getOutcome());
        if (counter != null) {
            counter.increment();
        }
    }
}
