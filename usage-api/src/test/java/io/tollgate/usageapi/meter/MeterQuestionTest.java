package io.tollgate.usageapi.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.stats.Grouping;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import io.tollgate.usageapi.stats.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterQuestionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:20:30Z");
    private static final Instant FIRST = Instant.parse("2026-10-02T00:00:00Z");
    private static final Caller ADMIN = new Caller.Admin();

    @Test
    void boundsAreWidenedToQuarterHours() {
        Windows windows = windows(Map.of(
                "from", List.of("2026-11-20T10:20:30.123Z"),
                "to", List.of("2026-11-21T10:20:30.123Z"),
                "windowSize", List.of("DAY")));
        assertThat(windows.starts())
                .containsExactly(Instant.parse("2026-11-20T10:15:00Z"), Instant.parse("2026-11-21T00:00:00Z"));
        assertThat(windows.end()).isEqualTo("2026-11-21T10:30:00Z");
    }

    @Test
    void whatLiesOnQuarterHoursStaysThere() {
        Windows windows =
                windows(Map.of("from", List.of("2026-11-20T00:00:00Z"), "to", List.of("2026-11-21T00:00:00Z")));
        assertThat(windows.starts()).containsExactly(Instant.parse("2026-11-20T00:00:00Z"));
        assertThat(windows.end()).isEqualTo("2026-11-21T00:00:00Z");
    }

    @Test
    void withoutBoundsItIsEverythingUpToToday() {
        Windows windows = windows(Map.of());
        assertThat(windows.starts()).containsExactly(FIRST);
        assertThat(windows.end()).isEqualTo("2026-11-22T00:00:00Z");
    }

    @Test
    void minutesAreNotKept() {
        assertThatThrownBy(() -> read(Map.of("windowSize", List.of("MINUTE")), ADMIN))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("quarter hour");
    }

    @Test
    void whoFiltersBySubjectsTellsThemApart() {
        MeterQuestion question =
                read(Map.of("subject", List.of("u1", "u2"), "groupBy", List.of("model", "provider")), ADMIN);
        assertThat(question.groups()).extracting(MeterGroup::name).containsExactly("model", "provider", "subject");
        assertThat(question.filters()).containsExactly(new Filter(Grouping.Column.USER, List.of("u1", "u2")));
    }

    @Test
    void bothKindsOfFiltersAreTaken() {
        MeterQuestion question = read(
                Map.of(
                        "filterGroupBy[label:team]", List.of("search"),
                        "advancedMeterGroupByFilters",
                                List.of("{\"model\":{\"$in\":[\"a\",\"b\"]},\"provider\":{\"$eq\":\"c\"}}")),
                ADMIN);
        assertThat(question.filters())
                .containsExactly(
                        new Filter(new Grouping.Label("team"), List.of("search")),
                        new Filter(Grouping.Column.MODEL, List.of("a", "b")),
                        new Filter(Grouping.Column.PROVIDER, List.of("c")));
    }

    @Test
    void aFilterThatIsNotKnownIsRefusedRatherThanLeftOut() {
        for (String json : List.of("{\"model\":{\"$like\":\"a%\"}}", "[1]", "{", "{\"model\":{\"$in\":[]}}")) {
            assertThatThrownBy(() -> read(Map.of("advancedMeterGroupByFilters", List.of(json)), ADMIN))
                    .as(json)
                    .isInstanceOf(Problem.class);
        }
        assertThatThrownBy(() -> read(Map.of("filterGroupBy[colour]", List.of("red")), ADMIN))
                .isInstanceOf(Problem.class);
    }

    @Test
    void aKeyIsLimitedToItsCompany() {
        Caller acme = new Caller.OfCompany("acme");
        assertThat(read(Map.of(), acme).filters())
                .containsExactly(new Filter(Grouping.Column.COMPANY, List.of("acme")));
        for (Map<String, List<String>> query : List.of(
                Map.of("filterCustomerId", List.of("beta")),
                Map.of("filterGroupBy[company]", List.of("beta")),
                Map.of("advancedMeterGroupByFilters", List.of("{\"company\":{\"$eq\":\"beta\"}}")))) {
            assertThatThrownBy(() -> read(query, acme))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("other_company"));
        }
    }

    private static Windows windows(Map<String, List<String>> query) {
        return read(query, ADMIN).totals(FIRST, NOW, Duration.ofDays(400)).windows();
    }

    private static MeterQuestion read(Map<String, List<String>> query, Caller caller) {
        return MeterQuestion.read("tokens", query, caller, NOW);
    }
}
