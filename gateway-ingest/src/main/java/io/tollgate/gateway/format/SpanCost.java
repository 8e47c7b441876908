package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an instrumentation claims that a call cost, in USD: kept beside our own figure and never billed. */
final class SpanCost {
    private static final String INPUT = "llm.cost.prompt";
    private static final String OUTPUT = "llm.cost.completion";
    private static final List<String> TOTALS = List.of("llm.cost.total", "gen_ai.usage.cost");

    static final List<String> NAMES = List.of("llm.cost.total", "gen_ai.usage.cost", INPUT, OUTPUT);

    private SpanCost() {}

    /** Null where nothing is claimed. */
    static @Nullable Decimal of(JsonNode span) {
        for (String name : TOTALS) {
            Decimal total = Counts.number(span, name);
            if (total != null) {
                return total;
            }
        }
        Decimal input = Counts.number(span, INPUT);
        Decimal output = Counts.number(span, OUTPUT);
        if (input == null || output == null) {
            return input == null ? output : input;
        }
        return input.plus(output);
    }
}
