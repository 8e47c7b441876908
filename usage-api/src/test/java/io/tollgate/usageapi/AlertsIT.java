package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(StackExtension.class)
class AlertsIT {
    private final UsageApiStack stack;

    AlertsIT(UsageApiStack stack) {
        this.stack = stack;
    }

    @Test
    void anAlertSaysWhatCrossedWhatAndWhoWasTold() {
        alert("a1", "acme", "spend", "10:00:00.123456");
        JsonNode body = json(stack.asAcme("/v1/alerts"));
        assertThat(body.path("items")).hasSize(1);
        assertThat(body.at("/items/0").toString())
                .isEqualTo("{\"id\":\"a1\",\"rule\":\"spend\",\"kind\":\"quota_share\",\"resolved\":false,\"number\":2,"
                        + "\"late\":true,\"company\":\"acme\",\"user\":\"u\",\"key\":null,\"provider\":null,"
                        + "\"model\":null,\"quota\":\"q\",\"metric\":\"cost\",\"currency\":\"USD\","
                        + "\"threshold\":\"80\",\"value\":\"80.5\",\"used\":\"8.05\",\"limit\":\"10\","
                        + "\"window_start\":\"2026-11-01T00:00:00Z\",\"window_end\":\"2026-12-01T00:00:00Z\","
                        + "\"webhooks\":[\"ops\",\"chat\"],\"at\":\"2026-11-21T10:00:00.123456Z\"}");
        assertThat(body.path("as_of").isString()).isTrue();
    }

    @Test
    void theNewestComeFirstInPages() {
        for (String second : List.of("1", "2", "3")) {
            alert("a" + second, "acme", "spend", "10:00:0" + second);
            alert("b" + second, "acme", "spend", "10:00:0" + second);
        }
        JsonNode first = json(stack.asAcme("/v1/alerts?limit=3"));
        assertThat(ids(first)).containsExactly("b3", "a3", "b2");
        JsonNode second = json(stack.asAcme(
                "/v1/alerts?limit=3&cursor=" + first.path("next_cursor").asString()));
        assertThat(ids(second)).containsExactly("a2", "b1", "a1");
        assertThat(second.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void filtersAndTheRangeNarrowIt() {
        alert("a1", "acme", "spend", "10:00:00");
        alert("a2", "acme", "other", "11:00:00");
        alert("a3", "beta", "spend", "12:00:00");
        assertThat(ids(json(stack.asAdmin("/v1/alerts")))).containsExactly("a3", "a2", "a1");
        assertThat(ids(json(stack.asAdmin("/v1/alerts?rule=spend&to=2026-11-21T12:00:00Z"))))
                .containsExactly("a1");
        assertThat(ids(json(stack.asAdmin("/v1/alerts?from=2026-11-21T11:00:00Z&company=acme"))))
                .containsExactly("a2");
        assertThat(ids(json(stack.asAdmin("/v1/alerts?user=nobody")))).isEmpty();
    }

    @Test
    void aKeySeesItsOwnCompanyAlone() {
        alert("a1", "beta", "spend", "10:00:00");
        assertThat(ids(json(stack.asAcme("/v1/alerts")))).isEmpty();
        HttpResponse<String> other = stack.asAcme("/v1/alerts?company=beta");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(stack.get("/v1/alerts").statusCode()).isEqualTo(401);
        assertThat(stack.send("POST", "/v1/alerts").statusCode()).isEqualTo(405);
    }

    private static List<String> ids(JsonNode body) {
        return body.path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private void alert(String id, String company, String rule, String time) {
        stack.sql("INSERT INTO cost_alerts (id, rule, kind, resolved, number, late, company, user_id, quota, metric,"
                + " currency, threshold, value, used, quota_limit, window_start, window_end, webhooks, raised_at) VALUES ('"
                + id + "', '" + rule + "', 'quota_share', false, 2, true, '" + company
                + "', 'u', 'q', 'cost', 'USD', 80, 80.50, 8.05, 10, '2026-11-01Z', '2026-12-01Z', '{ops,chat}', '2026-11-21T"
                + time + "Z')");
    }
}
