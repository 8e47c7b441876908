package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a usage says that the call cost, in USD. It is kept beside our own figure and never billed. */
final class VendorCost {
    private static final Decimal TICK = Decimal.of(1, 10);

    private VendorCost() {}

    /** OpenRouter's {@code cost}, Perplexity's {@code cost.total_cost}, xAI's ticks; null where there is none. */
    static @Nullable Decimal of(@Nullable JsonNode usage) {
        Decimal cost = Counts.number(usage, "cost");
        if (cost == null) {
            cost = Counts.number(usage, "cost", "total_cost");
        }
        if (cost == null) {
            Decimal ticks = Counts.number(usage, "cost_in_usd_ticks");
            cost = ticks == null ? null : ticks.times(TICK);
        }
        return cost;
    }
}
