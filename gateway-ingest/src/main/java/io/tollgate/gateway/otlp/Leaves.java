package io.tollgate.gateway.otlp;

import io.tollgate.gateway.format.SpanUsage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The spans of a request that are model calls, as they are read; the others are counted and let go at once. */
final class Leaves {
    private final int most;
    private final List<Span> spans = new ArrayList<>();
    private final Map<Operation.Kind, Integer> counts = new EnumMap<>(Operation.Kind.class);

    /** @param most that are kept; more are counted only */
    Leaves(int most) {
        this.most = most;
    }

    void add(Span span) {
        Operation operation = Operation.of(span);
        counts.merge(operation.kind(), 1, Integer::sum);
        if (operation.kind() == Operation.Kind.LEAF && spans.size() < most) {
            span.attributes().put(SpanUsage.OPERATION, operation.word());
            spans.add(span);
        }
    }

    List<Span> spans() {
        return spans;
    }

    boolean areTooMany() {
        return count(Operation.Kind.LEAF) > most;
    }

    int count(Operation.Kind kind) {
        return counts.getOrDefault(kind, 0);
    }
}
