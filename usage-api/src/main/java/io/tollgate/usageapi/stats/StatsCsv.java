package io.tollgate.usageapi.stats;

import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as CSV. Each dimension of the report has a column {@code dimensions.NAME}. */
final class StatsCsv {
    private static final String DIMENSION_PREFIX = "dimensions.";
    private static final List<String> TOTALS =
            List.of("requests", "successes", "errors", "unpriced", "tokens", "cost", "list_cost");

    private StatsCsv() {}

    static String of(ReportQuestion question, List<ReportRow> rows) {
        SortedSet<String> dimensions = rows.stream()
                .flatMap(row -> row.totals().dimensions().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        StringBuilder csv = new StringBuilder();
        Csv.append(csv, header(question, dimensions));
        for (ReportRow row : rows) {
            Csv.append(csv, cells(question, row, dimensions));
        }
        return csv.toString();
    }

    private static List<@Nullable String> header(ReportQuestion question, SortedSet<String> dimensions) {
        List<@Nullable String> cells = new ArrayList<>(List.of("window_start"));
        question.groups().forEach(group -> cells.add(Csv.harmless(group.word())));
        if (question.top() != null) {
            cells.add("other");
        }
        cells.add("currency");
        cells.addAll(TOTALS);
        cells.addAll(List.of("margin", "share", "error_rate", "cost_per_request", "cost_per_million_tokens"));
        cells.addAll(List.of("latency_ms.p50", "latency_ms.p95"));
        if (question.previous() != null) {
            cells.add("previous.window_start");
            TOTALS.forEach(total -> cells.add("previous." + total));
            Measure.words().forEach(measure -> cells.add("change." + measure));
            Measure.words().forEach(measure -> cells.add("change_rate." + measure));
        }
        dimensions.forEach(dimension -> cells.add(DIMENSION_PREFIX + dimension));
        return cells;
    }

    private static List<@Nullable String> cells(ReportQuestion question, ReportRow row, SortedSet<String> dimensions) {
        StatsRow totals = row.totals();
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(totals.windowStart().toString());
        totals.groups().forEach(value -> cells.add(Csv.harmless(value)));
        if (question.top() != null) {
            cells.add(Boolean.toString(row.isOther()));
        }
        cells.add(Csv.harmless(totals.currency()));
        addTotals(cells, totals);
        cells.add(Decimals.textOrNull(row.margin()));
        cells.add(Decimals.textOrNull(row.share()));
        cells.add(Decimals.textOrNull(row.errorRate()));
        cells.add(Decimals.textOrNull(row.costPerRequest()));
        cells.add(Decimals.textOrNull(row.costPerMillionTokens()));
        cells.add(text(row.latency(50)));
        cells.add(text(row.latency(95)));
        StatsRow previous = row.previous();
        if (previous != null) {
            cells.add(previous.windowStart().toString());
            addTotals(cells, previous);
            row.changes(previous).values().forEach(change -> cells.add(Decimals.textOrNull(change)));
            row.changeRates(previous).values().forEach(rate -> cells.add(Decimals.textOrNull(rate)));
        }
        for (String dimension : dimensions) {
            var quantity = totals.dimensions().get(dimension);
            cells.add(quantity == null ? "0" : quantity.toString());
        }
        return cells;
    }

    private static void addTotals(List<@Nullable String> cells, StatsRow totals) {
        cells.add(totals.counts().requests().toString());
        cells.add(totals.counts().successes().toString());
        cells.add(totals.counts().errors().toString());
        cells.add(totals.counts().unpriced().toString());
        cells.add(totals.tokens().toString());
        cells.add(Decimals.textOrNull(totals.cost()));
        cells.add(Decimals.textOrNull(totals.listCost()));
    }

    private static @Nullable String text(@Nullable Long value) {
        return value == null ? null : value.toString();
    }
}
