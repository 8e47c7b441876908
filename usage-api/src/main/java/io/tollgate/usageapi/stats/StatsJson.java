package io.tollgate.usageapi.stats;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as JSON: one object a row, and every number a string: amounts exact, ratios rounded. */
final class StatsJson {

    record Body(List<Map<String, @Nullable Object>> rows, String asOf) {}

    private StatsJson() {}

    static Body of(ReportQuestion question, List<ReportRow> rows, Instant asOf) {
        return new Body(rows.stream().map(row -> row(question, row)).toList(), asOf.toString());
    }

    private static Map<String, @Nullable Object> row(ReportQuestion question, ReportRow row) {
        StatsRow totals = row.totals();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("window_start", totals.windowStart().toString());
        Grouping.put(json, question.groups(), totals.groups());
        if (question.top() != null) {
            json.put("other", row.isOther());
        }
        putTotals(json, totals);
        json.put("margin", Decimals.textOrNull(row.margin()));
        json.put("share", Decimals.textOrNull(row.share()));
        json.put("error_rate", Decimals.textOrNull(row.errorRate()));
        json.put("cost_per_request", Decimals.textOrNull(row.costPerRequest()));
        json.put("cost_per_million_tokens", Decimals.textOrNull(row.costPerMillionTokens()));
        json.put("latency_ms", latency(row));
        json.put("currency", totals.currency());
        StatsRow previous = row.previous();
        if (previous != null) {
            json.put("previous", previous(previous));
            json.put("change", texts(row.changes(previous)));
            json.put("change_rate", texts(row.changeRates(previous)));
        }
        return json;
    }

    private static void putTotals(Map<String, @Nullable Object> json, StatsRow totals) {
        json.put("requests", totals.counts().requests().toString());
        json.put("successes", totals.counts().successes().toString());
        json.put("errors", totals.counts().errors().toString());
        json.put("unpriced", totals.counts().unpriced().toString());
        Map<String, String> dimensions = new LinkedHashMap<>();
        totals.dimensions().forEach((dimension, quantity) -> dimensions.put(dimension, quantity.toString()));
        json.put("dimensions", dimensions);
        json.put("tokens", totals.tokens().toString());
        json.put("cost", Decimals.textOrNull(totals.cost()));
        json.put("list_cost", Decimals.textOrNull(totals.listCost()));
    }

    private static Map<String, @Nullable Object> previous(StatsRow previous) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("window_start", previous.windowStart().toString());
        putTotals(json, previous);
        return json;
    }

    private static Map<String, @Nullable String> latency(ReportRow row) {
        Map<String, @Nullable String> latency = new LinkedHashMap<>();
        latency.put("p50", text(row.latency(50)));
        latency.put("p95", text(row.latency(95)));
        return latency;
    }

    private static @Nullable String text(@Nullable Long value) {
        return value == null ? null : value.toString();
    }

    private static Map<String, @Nullable String> texts(Map<String, @Nullable Decimal> values) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, Decimals.textOrNull(value)));
        return texts;
    }
}
