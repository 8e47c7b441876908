package io.tollgate.sink.dead;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.schemas.submission.RejectionCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Dead letters that are listed in the books, of every stage, by code. */
public final class DeadLetterMetrics {
    /** What stages say beside the codes that a gateway has, too. */
    private static final List<String> OF_STAGES =
            List.of("unreadable", "unmatched", "internal_error", "refused_by_database");

    private final Map<String, Counter> byCode = new HashMap<>();
    /** Of a newer stage, or of whoever writes to the topic: a code that is not known must not make a series of its own. */
    private final Counter other;

    public DeadLetterMetrics(MeterRegistry registry) {
        Stream.concat(OF_STAGES.stream(), Stream.of(RejectionCode.values()).map(RejectionCode::word))
                .forEach(code -> byCode.put(code, counter(registry, code)));
        other = counter(registry, "other");
    }

    private static Counter counter(MeterRegistry registry, String code) {
        return Counter.builder("tollgate.dead.letters")
                .description("Records that could not be read or done, as they are listed in dead_letters")
                .tag("code", code)
                .register(registry);
    }

    void listed(String code) {
        byCode.getOrDefault(code, other).increment();
    }
}
