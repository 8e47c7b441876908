package io.tollgate.usageapi.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatsQuestionsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:20:30Z");
    private static final Caller ADMIN = new Caller.Admin();
    private static final Caller ACME = new Caller.OfCompany("acme");

    @Test
    void withoutARangeItIsTheMonthSoFar() {
        Windows windows = read(ADMIN).windows();
        assertThat(windows.from()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(windows.end()).isEqualTo("2026-11-22T00:00:00Z");
    }

    @Test
    void ofHoursItIsTheDaySoFarInTheTimeZone() {
        Windows windows = read(ADMIN, "window=hour", "timezone=Europe/Berlin").windows();
        assertThat(windows.from()).isEqualTo("2026-11-20T23:00:00Z");
        assertThat(windows.end()).isEqualTo("2026-11-21T11:00:00Z");
    }

    @Test
    void ofMonthsItIsThisMonth() {
        Windows windows = read(ADMIN, "window=month").windows();
        assertThat(windows.starts()).containsExactly(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(windows.end()).isEqualTo("2026-12-01T00:00:00Z");
    }

    @Test
    void weeksBeginOnMondays() {
        Windows windows = read(ADMIN, "window=week").windows();
        assertThat(windows.from()).isEqualTo("2026-10-26T00:00:00Z");
        assertThat(windows.end()).isEqualTo("2026-11-23T00:00:00Z");
    }

    @Test
    void aTotalIsOneWindow() {
        Windows windows =
                read(ADMIN, "window=total", "from=2026-11-05", "to=2026-11-12").windows();
        assertThat(windows.starts()).containsExactly(Instant.parse("2026-11-05T00:00:00Z"));
        assertThat(windows.end()).isEqualTo("2026-11-12T00:00:00Z");
    }

    @Test
    void thePreviousPeriodHasAsManyWindows() {
        assertThat(previous("window=month", "from=2026-11-01", "to=2026-12-01"))
                .isEqualTo("2026-10-01T00:00:00Z/2026-11-01T00:00:00Z");
        assertThat(previous("from=2026-11-01", "to=2026-12-01")).isEqualTo("2026-10-02T00:00:00Z/2026-11-01T00:00:00Z");
        assertThat(previous("from=2026-10-26", "to=2026-10-27", "timezone=Europe/Berlin"))
                .as("a day of 25 hours before one of 24")
                .isEqualTo("2026-10-24T22:00:00Z/2026-10-25T23:00:00Z");
    }

    @Test
    void aTotalOfWholeMonthsIsComparedWithTheMonthsBefore() {
        assertThat(previous("window=total", "from=2026-10-01", "to=2026-12-01"))
                .isEqualTo("2026-08-01T00:00:00Z/2026-10-01T00:00:00Z");
        assertThat(previous("window=total", "from=2026-10-02", "to=2026-10-12"))
                .isEqualTo("2026-09-22T00:00:00Z/2026-10-02T00:00:00Z");
    }

    @Test
    void whatIsComparedWithMustBeKeptAsWell() {
        assertThatThrownBy(() -> read(ADMIN, "window=hour", "from=2025-10-18", "to=2025-10-19", "compare=previous"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("beyond_retention"));
    }

    @Test
    void aCurrencyIsAFilterAndNoGroup() {
        assertThat(read(ADMIN, "group_by=currency,model", "currency=EUR").groups())
                .containsExactly(Grouping.Column.MODEL);
        assertThat(read(ADMIN, "currency=EUR").filters())
                .containsExactly(new Filter(Grouping.Column.CURRENCY, List.of("EUR")));
    }

    @Test
    void quarterHoursThatAreGoneAreNotSummed() {
        String oldest = "2025-10-18";
        assertThat(read(ADMIN, "window=hour", "from=" + oldest, "to=2025-10-19")
                        .windows()
                        .starts())
                .hasSize(24);
        assertThatThrownBy(() -> read(ADMIN, "window=hour", "from=2025-10-17", "to=2025-10-19"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("must be " + oldest + " or later");
        assertThatThrownBy(() -> read(ADMIN, "from=2025-10-01", "to=2025-11-01", "timezone=Europe/Berlin"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("beyond_retention"));
        assertThat(read(ADMIN, "from=2020-01-01", "to=2020-01-02").windows().starts())
                .hasSize(1);
    }

    @Test
    void aDateIsTheStartOfThatDayInTheTimeZone() {
        Windows windows = read(ADMIN, "from=2026-11-20", "to=2026-11-21", "timezone=Asia/Kolkata")
                .windows();
        assertThat(windows.starts()).containsExactly(Instant.parse("2026-11-19T18:30:00Z"));
    }

    @Test
    void aPlusThatWasNotEscapedIsStillAnOffset() {
        Windows windows = read(
                        ADMIN, "from=2026-11-20T00:00:00 01:00", "to=2026-11-20T23:00:00Z", "timezone=Europe/Berlin")
                .windows();
        assertThat(windows.from()).isEqualTo("2026-11-19T23:00:00Z");
    }

    @Test
    void groupsMayBeListedOrRepeatedAndKeepTheirOrder() {
        assertThat(read(ADMIN, "group_by=model, provider,label:team", "group_by=user")
                        .groups())
                .extracting(Grouping::word)
                .containsExactly("model", "provider", "label:team", "user");
    }

    @Test
    void aGroupThatIsNoWordOfTheListIsRefused() {
        for (String word : List.of("cost", "label:", "s.company", "company;drop table usage_stats", "MODEL")) {
            assertThatThrownBy(() -> read(ADMIN, "group_by=" + word))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.parameter())
                            .isEqualTo("group_by"));
        }
    }

    @Test
    void aMisspeltFilterIsAnErrorAndNotAnotherQuestion() {
        assertThatThrownBy(() -> read(ADMIN, "modle=gpt-4o"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("unknown_parameter"));
    }

    @Test
    void everyParameterThatCantBeReadIsNamed() {
        Map<String, String> bad = Map.of(
                "window=fortnight", "window",
                "timezone=Mars/Olympus", "timezone",
                "from=yesterday", "from",
                "to=2026-13-01", "to",
                "from=+999999999-01-01T00:00:00Z", "from",
                "from=1969-12-31", "from",
                "top=0", "top",
                "order_by=model", "order_by",
                "compare=last", "compare");
        bad.forEach((query, parameter) -> assertThatThrownBy(() -> read(ADMIN, query))
                .as(query)
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.parameter())
                        .isEqualTo(parameter)));
    }

    @Test
    void aCharacterThatPostgresCantHoldIsRefused() {
        assertThatThrownBy(() -> read(ADMIN, "user=a\0b")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> read(ADMIN, "label:a\0b=c")).isInstanceOf(Problem.class);
    }

    @Test
    void aKeyIsAlwaysLimitedToItsCompany() {
        Filter own = new Filter(Grouping.Column.COMPANY, List.of("acme"));
        assertThat(read(ACME).filters()).containsExactly(own);
        assertThat(read(ACME, "company=acme").filters()).containsExactly(own);
    }

    @Test
    void aKeyThatAsksForAnotherCompanyIsForbidden() {
        for (List<String> query :
                List.of(List.of("company=beta"), List.of("company=acme", "company=beta"), List.of("company="))) {
            assertThatThrownBy(() -> read(ACME, query.toArray(new String[0])))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.status().value()).isEqualTo(403));
        }
    }

    @Test
    void anAdministratorSeesAllCompaniesOrThoseThatAreNamed() {
        assertThat(read(ADMIN).filters()).isEmpty();
        assertThat(read(ADMIN, "company=acme", "company=beta").filters())
                .containsExactly(new Filter(Grouping.Column.COMPANY, List.of("acme", "beta")));
    }

    @Test
    void filtersTakeSeveralValuesAndLabels() {
        assertThat(read(ADMIN, "model=gpt-4o", "model=o3", "label:team=search").filters())
                .containsExactly(
                        new Filter(Grouping.Column.MODEL, List.of("gpt-4o", "o3")),
                        new Filter(new Grouping.Label("team"), List.of("search")));
    }

    private static String previous(String... query) {
        Windows previous = read(
                        ADMIN,
                        Stream.concat(Stream.of(query), Stream.of("compare=previous"))
                                .toArray(String[]::new))
                .previous();
        return previous == null ? "" : previous.from() + "/" + previous.end();
    }

    private static ReportQuestion read(Caller caller, String... query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        Arrays.stream(query).forEach(parameter -> {
            int equals = parameter.indexOf('=');
            parameters.merge(
                    parameter.substring(0, equals),
                    List.of(parameter.substring(equals + 1)),
                    (first, second) ->
                            Stream.of(first, second).flatMap(List::stream).toList());
        });
        return StatsQuestions.read(parameters, caller, NOW, Duration.ofDays(400));
    }
}
