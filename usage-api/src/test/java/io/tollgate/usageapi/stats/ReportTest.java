package io.tollgate.usageapi.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.LatencyBuckets;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.stats.StatsRow.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Instant FIRST = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant SECOND = FIRST.plus(Duration.ofDays(1));
    private static final Instant BEFORE = FIRST.minus(Duration.ofDays(1));

    @Test
    void theRestBehindTheTopIsOneRowOfEachWindow() {
        List<ReportRow> rows = Report.of(
                question(2, 0, 2),
                List.of(
                        row(FIRST, "a", "USD", "1"),
                        row(FIRST, "b", "USD", "5"),
                        row(FIRST, "c", "USD", "2"),
                        row(SECOND, "a", "USD", "7"),
                        row(SECOND, "c", "USD", "3"),
                        row(SECOND, "d", "USD", "0.5")));
        assertThat(shown(rows)).containsExactly("b 5", "a 1", "other 2", "a 7", "other 3.5");
        assertThat(rows.get(4).totals().counts().requests()).isEqualTo(Decimal.of(4));
    }

    @Test
    void currenciesHaveATopOfTheirOwn() {
        List<ReportRow> rows = Report.of(
                question(1, 0, 1),
                List.of(
                        row(FIRST, "a", "EUR", "1"),
                        row(FIRST, "a", "USD", "900"),
                        row(FIRST, "b", "EUR", "2"),
                        row(FIRST, "b", "USD", "100")));
        assertThat(shown(rows)).containsExactly("a 900", "b 2", "other 100", "other 1");
        assertThat(rows.get(1).share()).isEqualTo(Decimal.parse("0.666667"));
    }

    @Test
    void sharesOfAWindowAndCurrencyAddUp() {
        List<ReportRow> rows =
                Report.of(question(1, 0, null), List.of(row(FIRST, "a", "USD", "1"), row(FIRST, "b", "USD", "3")));
        assertThat(rows).extracting(ReportRow::share).containsExactly(Decimal.parse("0.25"), Decimal.parse("0.75"));
    }

    @Test
    void aGroupIsComparedWithItselfOnePeriodBefore() {
        List<ReportRow> rows = Report.of(
                question(1, 1, null),
                List.of(
                        row(BEFORE, "a", "USD", "4"),
                        row(BEFORE, "gone", "USD", "1"),
                        row(FIRST, "a", "USD", "5"),
                        row(FIRST, "new", "USD", "2")));
        assertThat(shown(rows)).containsExactly("a 5", "new 2", "gone 0");
        assertThat(changed(rows.get(0))).isEqualTo("4 1 0.25");
        assertThat(changed(rows.get(1))).isEqualTo("0 2 null");
        assertThat(changed(rows.get(2))).isEqualTo("1 -1 -1");
    }

    @Test
    void whatIsNotKnownHasNoRatios() {
        StatsRow unpriced = new StatsRow(
                FIRST,
                List.of(),
                null,
                new Counts(Decimal.of(2), Decimal.of(2), Decimal.ZERO, Decimal.of(2)),
                new TreeMap<>(),
                Decimal.of(10),
                Decimal.ZERO,
                Decimal.ZERO,
                List.of());
        ReportRow row = new ReportRow(unpriced, false, null, null);
        assertThat(row.margin()).isNull();
        assertThat(row.costPerRequest()).isNull();
        assertThat(row.costPerMillionTokens()).isNull();
        assertThat(row.latency(50)).isNull();
        assertThat(row.errorRate()).isEqualTo(Decimal.ZERO);
    }

    @Test
    void whatAReportDividesIsRoundedHalfUp() {
        ReportRow row = new ReportRow(row(FIRST, "a", "USD", "0.1"), false, null, null);
        assertThat(row.margin()).isEqualTo(Decimal.parse("0.05"));
        assertThat(row.costPerRequest()).isEqualTo(Decimal.parse("0.05"));
        assertThat(row.costPerMillionTokens()).isEqualTo(Decimal.parse("14285.714285714286"));
        assertThat(row.errorRate()).isEqualTo(Decimal.parse("0.5"));
        assertThat(Ratio.rate(Decimal.of(2), Decimal.of(3))).isEqualTo(Decimal.parse("0.666667"));
        assertThat(Ratio.rate(Decimal.ONE, Decimal.ZERO)).isNull();
    }

    @Test
    void nothingIsLostWhateverIsAsked() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int windows = 1 + random.nextInt(3);
            int previous = random.nextBoolean() ? windows : 0;
            Map<String, StatsRow> given = new LinkedHashMap<>();
            for (int i = 0; i < random.nextInt(60); i++) {
                Instant start = FIRST.plus(Duration.ofDays(random.nextInt(windows + previous) - (long) previous));
                String model = "m" + random.nextInt(8);
                String currency = random.nextBoolean() ? "USD" : "EUR";
                given.put(
                        start + model + currency,
                        row(
                                start,
                                model,
                                currency,
                                Decimal.of(random.nextInt(2_000), 3).toString()));
            }
            List<ReportRow> rows = Report.of(
                    question(windows, previous, random.nextBoolean() ? 1 + random.nextInt(6) : null),
                    List.copyOf(given.values()));

            Map<String, StatsRow> truth = new HashMap<>();
            given.values().forEach(row -> truth.merge(whole(row), row, StatsRow::plus));
            Map<String, StatsRow> shown = new HashMap<>();
            rows.forEach(row -> shown.merge(whole(row.totals()), row.totals(), StatsRow::plus));
            for (ReportRow row : rows) {
                StatsRow before = row.previous();
                if (before != null) {
                    shown.merge(whole(before), before, StatsRow::plus);
                }
            }
            truth.forEach((whole, sum) -> {
                StatsRow ours = Objects.requireNonNull(shown.get(whole), whole);
                assertThat(ours.cost()).as("seed %d, %s", seed, whole).isEqualTo(sum.cost());
                assertThat(ours.counts()).isEqualTo(sum.counts());
                assertThat(ours.dimensions()).isEqualTo(sum.dimensions());
                assertThat(ours.latencies()).isEqualTo(sum.latencies());
            });
        }
    }

    private static String whole(StatsRow row) {
        return row.windowStart() + " " + row.currency();
    }

    private static List<String> shown(List<ReportRow> rows) {
        return rows.stream()
                .map(row -> (row.isOther() ? "other" : row.totals().groups().get(0)) + " "
                        + row.totals().cost())
                .toList();
    }

    private static String changed(ReportRow row) {
        StatsRow before = Objects.requireNonNull(row.previous());
        return before.cost() + " " + row.changes(before).get("cost") + " "
                + row.changeRates(before).get("cost");
    }

    private static ReportQuestion question(int windows, int previous, @Nullable Integer top) {
        return new ReportQuestion(
                days(FIRST, windows),
                previous == 0 ? null : days(FIRST.minus(Duration.ofDays(previous)), previous),
                List.of(Grouping.Column.MODEL),
                List.of(),
                top,
                Measure.COST,
                top != null);
    }

    private static Windows days(Instant first, int count) {
        List<Instant> starts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            starts.add(first.plus(Duration.ofDays(i)));
        }
        return new Windows(starts, first.plus(Duration.ofDays(count)));
    }

    private static StatsRow row(Instant start, String model, String currency, String cost) {
        List<Long> latencies = new ArrayList<>(Collections.nCopies(LatencyBuckets.COUNT, 0L));
        latencies.set(3, 2L);
        Decimal amount = Decimal.parse(cost);
        return new StatsRow(
                start,
                List.of(model),
                currency,
                new Counts(Decimal.of(2), Decimal.ONE, Decimal.ONE, Decimal.ZERO),
                new TreeMap<>(Map.of("input", Decimal.of(7))),
                Decimal.of(7),
                amount,
                amount.times(Decimal.of(5, 1)),
                latencies);
    }
}
