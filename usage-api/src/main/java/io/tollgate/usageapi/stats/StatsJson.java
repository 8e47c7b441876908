package io.tollgate.usageapi.stats;

import io.tollgate.schemas.decimal.Decimals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as JSON: one flat object a row, and every number a string, exact. */
final class StatsJson {

    record Body(List<Map<String, @Nullable Object>> rows, String asOf) {}

    private StatsJson() {}

    static Body of(StatsAnswer answer) {
        return new Body(
                answer.rows().stream().map(row -> row(row, answer.groups())).toList(),
                answer.asOf().toString());
    }

    private static Map<String, @Nullable Object> row(StatsRow row, List<String> groups) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("window_start", row.windowStart().toString());
        for (int i = 0; i < groups.size(); i++) {
            json.put(groups.get(i), row.groups().get(i));
        }
        json.put("requests", row.counts().requests().toString());
        json.put("successes", row.counts().successes().toString());
        json.put("errors", row.counts().errors().toString());
        json.put("unpriced", row.counts().unpriced().toString());
        Map<String, String> dimensions = new LinkedHashMap<>();
        row.dimensions().forEach((dimension, quantity) -> dimensions.put(dimension, quantity.toString()));
        json.put("dimensions", dimensions);
        json.put("tokens", row.tokens().toString());
        json.put("cost", Decimals.textOrNull(row.cost()));
        json.put("list_cost", Decimals.textOrNull(row.listCost()));
        json.put("currency", row.currency());
        return json;
    }
}
