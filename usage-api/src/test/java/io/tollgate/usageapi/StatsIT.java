package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.encoded;
import static io.tollgate.usageapi.UsageApiStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.usageapi.StatsRows.Row;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(StackExtension.class)
class StatsIT {
    private static final String NOVEMBER = "from=2026-11-01&to=2026-12-01";

    private final UsageApiStack stack;

    StatsIT(UsageApiStack stack) {
        this.stack = stack;
    }

    @Test
    void aRowHasEveryMemberOfTheContractAndItsNumbersAreExactStrings() {
        insert("2026-11-21T10:00:00Z", Row.of("acme", "gpt-4o", "0.100000000000000000000001"));
        insert("2026-11-21T11:00:00Z", Row.of("acme", "gpt-4o", "1234567890123456789012345678901234567.9"));
        HttpResponse<String> response = stack.asAcme("/v1/stats?group_by=provider,model&" + NOVEMBER);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.path("as_of").asString()).endsWith("Z");
        assertThat(body.path("rows")).hasSize(1);
        assertThat(body.path("rows").get(0).toString())
                .isEqualTo(
                        """
                        {"window_start":"2026-11-21T00:00:00Z","provider":"openai","model":"gpt-4o","requests":"4",\
                        "successes":"2","errors":"2","unpriced":"0","dimensions":{"input":"20"},"tokens":"20",\
                        "cost":"1234567890123456789012345678901234568.000000000000000000000001",\
                        "list_cost":"1234567890123456789012345678901234568.000000000000000000000001","margin":"0",\
                        "share":"1","error_rate":"0.5","cost_per_request":"308641972530864197253086419725308642",\
                        "cost_per_million_tokens":"61728394506172839450617283945061728400000",\
                        "latency_ms":{"p50":null,"p95":null},"currency":"USD"}""");
    }

    @Test
    void trailingZerosAndExponentsNeverShow() {
        insert("2026-11-21T10:00:00Z", Row.of("acme", "a", "0.500").input("9007199254740993"));
        insert("2026-11-21T10:00:00Z", Row.of("acme", "b", "1e-24").input("1e3"));
        JsonNode rows = rows("/v1/stats?group_by=model&" + NOVEMBER);
        assertThat(values(rows, "cost")).containsExactly("0.5", "0.000000000000000000000001");
        assertThat(values(rows, "tokens")).containsExactly("9007199254740993", "1000");
    }

    @Test
    void currenciesAreNeverSummed() {
        insert("2026-11-21T10:00:00Z", Row.of("acme", "gpt-4o", "1"));
        insert("2026-11-21T10:00:00Z", Row.of("acme", "gpt-4o", "2").currency("EUR"));
        JsonNode rows = rows("/v1/stats?" + NOVEMBER);
        assertThat(values(rows, "currency")).containsExactly("EUR", "USD");
        assertThat(values(rows, "cost")).containsExactly("2", "1");
    }

    @Test
    void aDayIsTheDayOfTheTimeZone() {
        insert("2026-10-24T21:45:00Z", Row.of("acme", "gpt-4o", "1"));
        insert("2026-10-24T22:00:00Z", Row.of("acme", "gpt-4o", "2"));
        insert("2026-10-25T22:45:00Z", Row.of("acme", "gpt-4o", "4"));
        insert("2026-10-25T23:00:00Z", Row.of("acme", "gpt-4o", "8"));
        JsonNode rows = rows("/v1/stats?from=2026-10-24&to=2026-10-27&timezone=Europe/Berlin");
        assertThat(values(rows, "window_start"))
                .containsExactly("2026-10-23T22:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
        assertThat(values(rows, "cost")).containsExactly("1", "6", "8");
    }

    @Test
    void theHourThatIsLivedTwiceHasTwoRows() {
        insert("2026-10-25T00:15:00Z", Row.of("acme", "gpt-4o", "1"));
        insert("2026-10-25T01:15:00Z", Row.of("acme", "gpt-4o", "2"));
        JsonNode rows = rows("/v1/stats?window=hour&from=2026-10-25&to=2026-10-26&timezone=Europe/Berlin");
        assertThat(values(rows, "window_start")).containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z");
        assertThat(values(rows, "cost")).containsExactly("1", "2");
    }

    @Test
    void daysHoursAndMonthsSumToTheSame() {
        insert("2026-11-01T00:00:00Z", Row.of("acme", "gpt-4o", "0.1"));
        insert("2026-11-15T12:30:00Z", Row.of("acme", "o3", "0.02"));
        insert("2026-11-30T23:45:00Z", Row.of("acme", "gpt-4o", "0.003"));
        assertThat(values(rows("/v1/stats?window=month&" + NOVEMBER), "cost")).containsExactly("0.123");
        assertThat(values(rows("/v1/stats?window=day&" + NOVEMBER), "cost")).containsExactly("0.1", "0.02", "0.003");
        assertThat(values(rows("/v1/stats?window=hour&" + NOVEMBER), "cost")).containsExactly("0.1", "0.02", "0.003");
    }

    @Test
    void labelsGroupAndFilter() {
        insert("2026-11-21T10:00:00Z", Row.of("acme", "gpt-4o", "1").team("search"));
        insert("2026-11-21T10:00:00Z", Row.of("acme", "gpt-4o", "2").team("ads, \\\"x\\\""));
        JsonNode rows = rows("/v1/stats?group_by=label:team,label:none&" + NOVEMBER);
        assertThat(values(rows, "label:team")).containsExactlyInAnyOrder("search", "ads, \"x\"");
        assertThat(rows.get(0).get("label:none").isNull()).isTrue();
        assertThat(values(rows("/v1/stats?label:team=search&" + NOVEMBER), "cost"))
                .containsExactly("1");
        String evil = encoded("x') OR 1=1; --");
        assertThat(rows("/v1/stats?" + NOVEMBER + "&label:" + evil + "=" + evil))
                .isEmpty();
        assertThat(rows("/v1/stats?" + NOVEMBER + "&group_by=label:" + evil)).hasSize(1);
    }

    @Test
    void filtersTakeSeveralValuesAndAnEmptyOneIsAbsent() {
        insert("2026-11-21T10:00:00Z", Row.of("acme", "a", "1"));
        insert("2026-11-21T10:00:00Z", Row.of("acme", "b", "2").user("u2"));
        insert("2026-11-21T10:00:00Z", Row.of("acme", "c", "4").user(""));
        assertThat(values(rows("/v1/stats?model=a&model=b&" + NOVEMBER), "cost"))
                .containsExactly("3");
        assertThat(values(rows("/v1/stats?user=u2&user=&" + NOVEMBER), "cost")).containsExactly("6");
        assertThat(values(rows("/v1/stats?service_tier=standard&" + NOVEMBER), "cost"))
                .containsExactly("7");
    }

    @Test
    void aRowOfWhichNothingIsLeftIsNotShown() {
        insert("2026-11-21T10:00:00Z", Row.of("acme", "gone", "0").input("0"));
        insert("2026-11-21T10:00:00Z", Row.of("acme", "free", "0"));
        stack.sql("UPDATE usage_stats SET requests = 0, successes = 0, errors = 0 WHERE model = 'gone'");
        assertThat(values(rows("/v1/stats?group_by=model&" + NOVEMBER), "model"))
                .containsExactly("free");
    }

    @Test
    void whatHasNoPriceCostsNullAndNotZero() {
        insert("2026-11-21T10:00:00Z", Row.of("acme", "a-failed-one-is-free", "0"));
        insert("2026-11-21T10:00:00Z", Row.of("acme", "b-mixed", "0.5").unpriced(1));
        insert("2026-11-21T10:00:00Z", Row.of("acme", "c-unpriced", "0").unpriced(2));
        JsonNode rows = rows("/v1/stats?group_by=model&" + NOVEMBER);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).get("cost").asString()).isEqualTo("0");
        assertThat(rows.get(1).get("cost").asString()).isEqualTo("0.5");
        assertThat(rows.get(1).get("unpriced").asString()).isEqualTo("1");
        assertThat(rows.get(2).get("cost").isNull()).isTrue();
        assertThat(rows.get(2).get("list_cost").isNull()).isTrue();
        assertThat(rows.get(2).get("unpriced").asString()).isEqualTo("2");
    }

    @Test
    void aRangeOverAllCompaniesReadsNoMoreThanItsDays() {
        String totals = "'c' || row, 'u', 'k', 'openai', 'm', NULL, '{}', 'USD', 1, 1, 0, 0, '{}', 1, 1, 1, '{}', 1"
                + " FROM generate_series(1, 20000) row";
        stack.sql("INSERT INTO usage_stats SELECT gen_random_uuid(), date '2026-11-21' - row / 50, " + totals);
        stack.sql("INSERT INTO usage_stats_intraday SELECT gen_random_uuid(),"
                + " timestamptz '2026-11-21 23:00Z' - row * interval '15 minutes', " + totals);
        stack.sql("ANALYZE usage_stats, usage_stats_intraday");

        assertThat(json(stack.asAdmin("/v1/stats?from=2026-11-01&to=2026-11-02"))
                        .path("rows"))
                .hasSize(1);
        assertThat(json(stack.asAdmin("/v1/stats?from=2026-11-01&to=2026-11-02&window=hour"))
                        .path("rows"))
                .hasSize(24);

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(stack.scansOf("usage_stats_date")).isPositive();
            assertThat(stack.scansOf("usage_stats_intraday_window")).isPositive();
        });
    }

    @Test
    void aRangeBesideTheEdgesIsRefusedWithTheNearestOnes() {
        HttpResponse<String> response =
                stack.asAcme("/v1/stats?from=2026-11-01T00:30:00Z&to=2026-11-02T00:00:00Z&window=hour");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("code").asString()).isEqualTo("not_on_window_edge");
        assertThat(problem.path("detail").asString()).contains("2026-11-01T00:00:00Z", "2026-11-01T01:00:00Z");
        assertThat(problem.path("errors").get(0).path("parameter").asString()).isEqualTo("from");
        assertThat(problem.path("instance").asString()).isNotEmpty();
    }

    @Test
    void csvComesByAccept() {
        insert("2026-11-21T10:00:00Z", Row.of("acme", "gpt-4o", "1.50"));
        HttpResponse<String> response = stack.asAcme("/v1/stats?group_by=model&" + NOVEMBER, "Accept", "text/csv");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/csv;charset=UTF-8");
        assertThat(response.headers().firstValue("x-as-of")).isPresent();
        assertThat(response.body())
                .isEqualTo("window_start,model,currency,requests,successes,errors,unpriced,tokens,cost,list_cost,"
                        + "margin,share,error_rate,cost_per_request,cost_per_million_tokens,latency_ms.p50,latency_ms.p95,"
                        + "dimensions.input\r\n2026-11-21T00:00:00Z,gpt-4o,USD,2,1,1,0,10,1.5,1.5,0,1,0.5,0.75,150000,,,10"
                        + "\r\n");
    }

    @Test
    void aKeySeesItsOwnCompanyOnly() {
        insert("2026-11-21T10:00:00Z", Row.of("acme", "gpt-4o", "1"));
        insert("2026-11-21T10:00:00Z", Row.of("beta", "gpt-4o", "2"));
        assertThat(values(rows("/v1/stats?" + NOVEMBER), "cost")).containsExactly("1");
        assertThat(values(json(stack.asBeta("/v1/stats?" + NOVEMBER)).path("rows"), "cost"))
                .containsExactly("2");
        assertThat(stack.asAcme("/v1/stats?company=beta&" + NOVEMBER).statusCode())
                .isEqualTo(403);
        JsonNode all =
                json(stack.asAdmin("/v1/stats?group_by=company&" + NOVEMBER)).path("rows");
        assertThat(values(all, "company")).containsExactly("acme", "beta");
        JsonNode one = json(stack.asAdmin("/v1/stats?company=beta&" + NOVEMBER)).path("rows");
        assertThat(values(one, "cost")).containsExactly("2");
    }

    private void insert(String windowStart, Row row) {
        StatsRows.insert(stack, windowStart, row);
    }

    private JsonNode rows(String path) {
        HttpResponse<String> response = stack.asAcme(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).path("rows");
    }

    private static List<String> values(JsonNode rows, String member) {
        return rows.valueStream().map(row -> row.path(member).asString()).toList();
    }
}
