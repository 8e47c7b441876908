package io.tollgate.usageapi.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatsSqlTest {
    private static final String EVIL = "x') OR 1=1; DROP TABLE usage_stats; --";

    @Test
    void nothingThatACallerSentIsPartOfTheText() {
        StatsQuestion question = new StatsQuestion(
                day("UTC", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"),
                List.of(new Grouping.Label(EVIL), Grouping.Column.MODEL),
                List.of(
                        new Filter(Grouping.Column.USER, List.of(EVIL)),
                        new Filter(new Grouping.Label(EVIL), List.of(EVIL, ""))));
        assertThat(sql(question).totals(true, Optional.of(List.of(EVIL)), 10).text())
                .doesNotContain("x'")
                .doesNotContain("DROP");
        assertThat(sql(question).dimensions().text()).doesNotContain("x'").doesNotContain("DROP");
    }

    @Test
    void wholeUtcDaysAreReadFromTheDaysAndOthersFromTheQuarterHours() {
        StatsQuestion days =
                new StatsQuestion(day("UTC", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"), List.of(), List.of());
        assertThat(sql(days).totals(true, Optional.of(List.of(EVIL)), 10).text())
                .contains("FROM usage_stats s")
                .contains("s.date >= ?")
                .contains("?::date[]");
        StatsQuestion berlin = new StatsQuestion(
                day("Europe/Berlin", "2026-10-31T23:00:00Z", "2026-11-01T23:00:00Z"), List.of(), List.of());
        assertThat(sql(berlin).totals(true, Optional.of(List.of(EVIL)), 10).text())
                .contains("FROM usage_stats_intraday s")
                .contains("s.window_start >= ?")
                .contains("?::timestamptz[]");
    }

    @Test
    void currenciesAreNeverSummed() {
        StatsQuestion question =
                new StatsQuestion(day("UTC", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"), List.of(), List.of());
        assertThat(sql(question).totals(true, Optional.of(List.of(EVIL)), 10).text())
                .contains(", s.currency, sum(")
                .contains("GROUP BY 1, 2 ");
    }

    /** Nothing is rolled up. */
    private static StatsSql sql(StatsQuestion question) {
        return new StatsSql(question, LocalDate.EPOCH);
    }

    private static Windows day(String zone, String from, String to) {
        return Windows.between(Instant.parse(from), Instant.parse(to), WindowSize.DAY, ZoneId.of(zone));
    }
}
