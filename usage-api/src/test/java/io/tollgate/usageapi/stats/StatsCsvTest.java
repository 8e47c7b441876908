package io.tollgate.usageapi.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.stats.StatsRow.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class StatsCsvTest {
    private static final List<Grouping> BY_MODEL = List.of(Grouping.Column.MODEL);
    private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");

    @Test
    void everyDimensionOfTheAnswerHasAColumn() {
        String csv =
                csv(BY_MODEL, row("gpt-4o", "USD", Map.of("input", "1200")), row("o3", "EUR", Map.of("output", "0.5")));
        assertThat(csv)
                .isEqualTo(
                        """
                        window_start,model,currency,requests,successes,errors,unpriced,tokens,cost,list_cost,margin,share,error_rate,cost_per_request,cost_per_million_tokens,latency_ms.p50,latency_ms.p95,dimensions.input,dimensions.output\r
                        2026-11-21T00:00:00Z,gpt-4o,USD,2,1,1,0,1200,0.0000025,0.000002,0.0000005,1,0.5,0.00000125,0.002083333333,,,1200,0\r
                        2026-11-21T00:00:00Z,o3,EUR,2,1,1,0,1200,0.0000025,0.000002,0.0000005,1,0.5,0.00000125,0.002083333333,,,0,0.5\r
                        """);
    }

    @Test
    void anEmptyAnswerIsAHeader() {
        assertThat(csv(List.of()))
                .isEqualTo(
                        "window_start,currency,requests,successes,errors,unpriced,tokens,cost,list_cost,margin,share,"
                                + "error_rate,cost_per_request,cost_per_million_tokens,latency_ms.p50,latency_ms.p95\r\n");
    }

    @Test
    void whatWouldBreakTheTableIsQuoted() {
        assertThat(Csv.cell("plain")).isEqualTo("plain");
        assertThat(Csv.cell("a,b")).isEqualTo("\"a,b\"");
        assertThat(Csv.cell("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
        assertThat(Csv.cell("two\nlines")).isEqualTo("\"two\nlines\"");
        assertThat(Csv.cell("two\rlines")).isEqualTo("\"two\rlines\"");
    }

    @Test
    void absentAndEmptyDiffer() {
        assertThat(Csv.cell(null)).isEmpty();
        assertThat(Csv.cell("")).isEqualTo("\"\"");
    }

    @Test
    void aTextThatASpreadsheetWouldCalculateIsMarkedAsText() {
        assertThat(modelCell("=1+1")).isEqualTo("'=1+1");
        assertThat(modelCell("+1")).isEqualTo("'+1");
        assertThat(modelCell("-1")).isEqualTo("'-1");
        assertThat(modelCell("@SUM(A1)")).isEqualTo("'@SUM(A1)");
        assertThat(modelCell("\t=1+1")).isEqualTo("'\t=1+1");
        assertThat(modelCell("=HYPERLINK(\"http://x\",\"y\")"))
                .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        assertThat(modelCell("gpt-4o")).isEqualTo("gpt-4o");
        assertThat(modelCell("")).isEqualTo("\"\"");
    }

    @Test
    void aNegativeNumberStaysANumber() {
        StatsRow row = new StatsRow(
                DAY,
                List.of(),
                "USD",
                new Counts(Decimal.of(-1), Decimal.of(-1), Decimal.ZERO, Decimal.ZERO),
                new TreeMap<>(Map.of("input", Decimal.of(-7))),
                Decimal.of(-7),
                Decimal.parse("-0.5"),
                Decimal.parse("-0.4"),
                List.of());
        assertThat(csv(List.of(), row))
                .endsWith(
                        "\r\n2026-11-21T00:00:00Z,USD,-1,-1,0,0,-7,-0.5,-0.4,-0.1,1,0,0.5,71428.571428571429,,,-7\r\n");
    }

    /** What stands in the model's column. */
    private static String modelCell(String model) {
        String csv = csv(BY_MODEL, row(model, "USD", Map.of()));
        String line = csv.substring(csv.indexOf("\r\n") + 2);
        return line.substring("2026-11-21T00:00:00Z,".length(), line.indexOf(",USD,"));
    }

    @Test
    void csvIsForThoseWhoPreferIt() {
        assertThat(Csv.isWanted(MediaType.parseMediaTypes("text/csv"))).isTrue();
        assertThat(Csv.isWanted(MediaType.parseMediaTypes("text/csv;q=0.9, application/json;q=0.5")))
                .isTrue();
        assertThat(Csv.isWanted(MediaType.parseMediaTypes("text/csv;q=0.5, application/json")))
                .isFalse();
        assertThat(Csv.isWanted(List.of())).isFalse();
        assertThat(Csv.isWanted(List.of(MediaType.ALL))).isFalse();
        assertThatThrownBy(() -> Csv.isWanted(List.of(MediaType.IMAGE_PNG))).isInstanceOf(Problem.class);
    }

    @Test
    void aCostThatIsNotKnownIsEmpty() {
        StatsRow unpriced = new StatsRow(
                DAY,
                List.of(),
                null,
                new Counts(Decimal.of(2), Decimal.ONE, Decimal.ONE, Decimal.of(2)),
                new TreeMap<>(),
                Decimal.of(1200),
                Decimal.ZERO,
                Decimal.ZERO,
                List.of());
        assertThat(csv(List.of(), unpriced)).endsWith("\r\n2026-11-21T00:00:00Z,,2,1,1,2,1200,,,,,0.5,,,,\r\n");
    }

    private static String csv(List<Grouping> groups, StatsRow... rows) {
        Windows day = new Windows(List.of(DAY), DAY.plus(Duration.ofDays(1)));
        ReportQuestion question = new ReportQuestion(day, null, groups, List.of(), null, Measure.COST, false);
        return StatsCsv.of(question, Report.of(question, List.of(rows)));
    }

    private static StatsRow row(@Nullable String model, String currency, Map<String, String> dimensions) {
        Map<String, Decimal> quantities = new TreeMap<>();
        dimensions.forEach((name, quantity) -> quantities.put(name, Decimal.parse(quantity)));
        return new StatsRow(
                DAY,
                Arrays.asList(model),
                currency,
                new Counts(Decimal.of(2), Decimal.ONE, Decimal.ONE, Decimal.ZERO),
                new TreeMap<>(quantities),
                Decimal.of(1200),
                Decimal.parse("2.50e-6"),
                Decimal.parse("0.000002"),
                List.of());
    }
}
