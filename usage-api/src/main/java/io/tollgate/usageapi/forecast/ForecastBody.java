package io.tollgate.usageapi.forecast;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.forecast.Projection.Method;
import io.tollgate.usageapi.stats.Grouping;
import io.tollgate.usageapi.stats.Measure;
import io.tollgate.usageapi.stats.StatsRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A forecast as it travels: one row for each group and currency; every number a string. */
record ForecastBody(
        String period, String timezone, String from, String to, String asOf, List<Map<String, @Nullable Object>> rows) {
    private static final List<Measure> MEASURES =
            List.of(Measure.COST, Measure.LIST_COST, Measure.REQUESTS, Measure.TOKENS);

    private record Key(List<@Nullable String> groups, @Nullable String currency) {}

    /**
     * The body.
     *
     * @param days answer to {@link ForecastQuestion#days}
     * @param rests answers to {@link ForecastQuestion#restsOfToday}
     */
    static ForecastBody of(ForecastQuestion question, List<StatsRow> days, List<List<StatsRow>> rests, Instant asOf) {
        Map<Key, List<StatsRow>> byKey = new LinkedHashMap<>();
        days.forEach(row ->
                byKey.computeIfAbsent(key(row), absent -> new ArrayList<>()).add(row));
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        byKey.forEach((key, own) -> {
            List<List<StatsRow>> ownRests = rests.stream()
                    .map(rest ->
                            rest.stream().filter(row -> key(row).equals(key)).toList())
                    .toList();
            row(question, key, own, ownRests, rows);
        });
        return new ForecastBody(
                question.period().word(),
                question.zone().getId(),
                question.start().toString(),
                question.end().toString(),
                asOf.toString(),
                rows);
    }

    /** Adds a row, unless nothing was used and nothing is foretold. */
    private static void row(
            ForecastQuestion question,
            Key key,
            List<StatsRow> days,
            List<List<StatsRow>> rests,
            List<Map<String, @Nullable Object>> rows) {
        int weeks = Projection.weeks(
                question, days.stream().map(StatsRow::windowStart).toList());
        Method method = Projection.method(question, weeks);
        Map<Measure, History> histories = new LinkedHashMap<>();
        Map<Measure, Projection> projections = new LinkedHashMap<>();
        for (Measure measure : MEASURES) {
            History history = History.of(question, measure, days, rests);
            histories.put(measure, history);
            projections.put(measure, Projection.of(question, weeks, history));
        }
        boolean isNothing =
                histories.values().stream().allMatch(history -> history.spent().isZero())
                        && projections.values().stream()
                                .allMatch(projection -> projection.projected() == null
                                        || projection.projected().isZero());
        if (isNothing) {
            return;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Grouping.put(json, question.groups(), key.groups);
        json.put("currency", key.currency);
        json.put("method", method.name().toLowerCase(Locale.ROOT));
        json.put("weeks", weeks);
        json.put("spent", texts(key, histories, History::spent));
        json.put("projected", texts(key, projections, Projection::projected));
        json.put("low", texts(key, projections, Projection::low));
        json.put("high", texts(key, projections, Projection::high));
        rows.add(json);
    }

    /** What has no price has no cost, rather than one of 0. */
    private static <T> Map<String, @Nullable String> texts(
            Key key, Map<Measure, T> values, Function<T, @Nullable Decimal> amount) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        values.forEach((measure, value) -> {
            boolean isMoney = measure == Measure.COST || measure == Measure.LIST_COST;
            Decimal known = isMoney && key.currency == null ? null : amount.apply(value);
            texts.put(measure.word(), known == null ? null : known.toString());
        });
        return texts;
    }

    private static Key key(StatsRow row) {
        return new Key(row.groups(), row.currency());
    }
}
