package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Steps on the whole configuration, on a gateway that others have configured things in. */
final class ConfigScenario {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String QUOTE =
            "{\"company\":\"code\",\"provider\":\"p\",\"model\":\"code\"," + "\"dimensions\":{\"input\":1}}";

    private final GatewayClient gateway;

    ConfigScenario(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /** One of each kind, each naming those before it. */
    private static ObjectNode document() {
        return (ObjectNode)
                JSON.readTree(
                        """
                {"companies":[{"id":"code","name":"As code","currency":"EUR"}],
                 "users":[{"company":"code","id":"ann","labels":{"team":"x"}}],
                 "keys":[{"id":"code-search","company":"code","name":"search","scopes":["ingest"]}],
                 "webhooks":[{"id":"code-ops","url":"https://example.com/ops","company":"code"}],
                 "quotas":[{"id":"code-month","scope":{"company":"code","key":"code-search"},"metric":"cost",
                            "limit":"500.25","period":"month"}],
                 "alert_rules":[{"id":"code-share","scope":{"company":"code"},"kind":"quota_share","quota":"code-month",
                                 "webhooks":["code-ops"]}],
                 "prices":[{"company":"code","provider":"p","model":"code","dimension":"input","unit_price":"0.1",
                            "currency":"EUR","effective_from":"2026-01-01T00:00:00Z"}]}""");
    }

    void aDocumentIsDiffedAppliedInOneVersionAndGoneBackFrom() {
        JsonNode diff = applied("?dry_run=true", document());
        assertThat(diff.path("changes")).hasSize(7);
        assertThat(diff.has("secrets")).isFalse();
        assertThat(gateway.admin("GET", "companies/code", "").statusCode()).isEqualTo(404);

        JsonNode made = applied("", document(), "if-match", etag(diff));
        long version = number(made);
        assertThat(version).isEqualTo(number(diff) + 1);
        assertThat(made.path("changes")).isEqualTo(diff.path("changes"));
        String quota = gateway.admin("GET", "quotas/code-month", "").body();
        assertThat(quota).contains("\"500.25\"", "EUR");
        List<String> secrets = made.path("secrets").values().stream()
                .map(one -> one.path("secret").asString())
                .toList();
        assertThat(secrets).hasSize(2);
        assertThat(gateway.event(secrets.get(0), "code-1").statusCode()).isEqualTo(204);

        HttpResponse<String> looked = gateway.admin("GET", "versions/" + version, "");
        assertThat(json(looked).path("items")).hasSize(7);
        assertThat(looked.body()).doesNotContain(secrets.get(0)).doesNotContain(secrets.get(1));
        JsonNode listed = json(gateway.admin("GET", "versions?limit=1", "")).at("/items/0");
        assertThat(listed.path("number").asLong()).isEqualTo(version);
        assertThat(listed.path("changes").asInt()).isEqualTo(7);
        assertThat(listed.path("summary").asString()).isEqualTo("created company code and 6 more");

        assertThat(number(applied("", document()))).as("the same twice").isEqualTo(version);
        HttpResponse<String> exported = gateway.admin("GET", "config", "");
        assertThat(exported.headers().firstValue("etag")).contains("\"" + version + "\"");
        assertThat(applied("?prune=true", json(exported)).path("changes")).isEmpty();

        ObjectNode edited = document();
        ((ObjectNode) edited.at("/quotas/0")).put("limit", "700");
        ((ObjectNode) edited.at("/prices/0")).put("unit_price", "0.9").put("effective_from", "2026-02-01T00:00:00Z");
        JsonNode changed = applied("", edited);
        assertThat(number(changed)).isEqualTo(version + 1);
        assertThat(changed.at("/changes/0/differences"))
                .isEqualTo(JSON.readTree("[{\"path\":\"/limit\",\"before\":\"500.25\",\"after\":\"700\"}]"));
        assertThat(cost()).isEqualTo("0.9");
        assertThat(gateway.admin("DELETE", "keys/code-search", "").statusCode()).isEqualTo(204);
        gateway.admin("DELETE", "webhooks/code-ops", "");

        JsonNode back = json(gateway.admin("POST", "versions/" + version + "/restore", ""));
        assertThat(number(back)).isEqualTo(version + 4);
        assertThat(gateway.admin("GET", "quotas/code-month", "").body()).contains("\"500.25\"");
        assertThat(cost()).isEqualTo("0.1");
        assertThat(back.at("/secrets/0/id").asString()).isEqualTo("code-ops");
        assertThat(back.at("/left_alone/0/id").asString()).isEqualTo("code-search");
        assertThat(json(gateway.admin("GET", "versions/" + (version + 4), ""))
                        .at("/items/0/action")
                        .asString())
                .isEqualTo("restored");
        assertThat(json(gateway.admin("POST", "versions/" + version + "/restore", ""))
                        .path("changes"))
                .isEmpty();
    }

    void whoeverDiffedBeforeAnothersChangeIsRefused() {
        ObjectNode mine = JSON.createObjectNode();
        mine.putArray("companies").addObject().put("id", "raced").put("name", "Mine");
        JsonNode diff = applied("?dry_run=true", mine);
        gateway.admin("PUT", "companies/raced", "{\"name\":\"Theirs\"}");
        HttpResponse<String> late = gateway.admin("POST", "config", mine.toString(), "if-match", etag(diff));
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(json(late).path("code").asString()).isEqualTo("version_mismatch");
        assertThat(gateway.admin("GET", "companies/raced", "").body()).contains("Theirs");
    }

    void anOperatorsDocumentHasNoAdministrators() {
        ObjectNode document = JSON.createObjectNode();
        document.putArray("companies").addObject().put("id", "operated").put("name", "O");
        document.putArray("admins")
                .addObject()
                .put("id", "op")
                .put("name", "Op")
                .put("role", "operator");
        JsonNode made = applied("", document);
        String token = made.at("/secrets/0/secret").asString();
        assertThat(token).startsWith("tga_");
        ((ObjectNode) document.at("/admins/0")).put("role", "admin");
        HttpResponse<String> refused = posted(token, document);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("code").asString()).isEqualTo("role_missing");
        document.remove("admins");
        assertThat(posted(token, document).statusCode()).isEqualTo(200);
        assertThat(json(gateway.admin("GET", "admins/op", "")).path("role").asString())
                .isEqualTo("operator");
    }

    void whatIsWrongWithADocumentIsPointedToAndNothingOfItIsDone() {
        HttpResponse<String> refused = gateway.admin(
                "POST",
                "config",
                """
                {"companies":[{"id":"half-done","name":"H"},{"id":"half-done","name":"H"},{"name":"no id"}],
                 "users":[{"company":"nobody","id":"u"}],
                 "keys":[{"id":"half-key","company":"half-done","name":"k","scopes":["ingest","fly"]}],
                 "quotas":[{"id":"half","scope":{"company":"half-done"},"metric":"tokens","limit":-1,"period":"day"}],
                 "prices":[{"provider":"p","model":"m","dimension":"input","unit_price":"1"}],
                 "qoutas":[]}""");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(pointers(refused))
                .containsExactlyInAnyOrder(
                        "/companies/1/id",
                        "/companies/2/id",
                        "/users/0",
                        "/keys/0/scopes/1",
                        "/quotas/0/limit",
                        "/prices/0/currency",
                        "/prices/0/effective_from",
                        "/qoutas");
        assertThat(gateway.admin("GET", "companies/half-done", "").statusCode()).isEqualTo(404);
        for (String wrong : List.of("config?kinds=cats", "config?prices=some", "versions?limit=0")) {
            assertThat(gateway.admin("GET", wrong, "").statusCode()).as(wrong).isEqualTo(400);
        }
        for (String none : List.of("versions/0", "versions/x", "versions/99999999")) {
            assertThat(gateway.admin("GET", none, "").statusCode()).as(none).isEqualTo(404);
            assertThat(gateway.admin("POST", none + "/restore", "").statusCode())
                    .as(none)
                    .isEqualTo(404);
        }
    }

    private HttpResponse<String> posted(String token, JsonNode document) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/admin/v1/config"))
                .POST(BodyPublishers.ofString(document.toString()))
                .header("authorization", "Bearer " + token));
    }

    private JsonNode applied(String query, JsonNode document, String... headers) {
        HttpResponse<String> answer = gateway.admin("POST", "config" + query, document.toString(), headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private String cost() {
        return json(gateway.admin("POST", "prices/quote", QUOTE)).path("cost").asString();
    }

    private static String etag(JsonNode outcome) {
        return "\"" + number(outcome) + "\"";
    }

    private static long number(JsonNode outcome) {
        return outcome.path("config_version").asLong();
    }

    private static List<String> pointers(HttpResponse<String> refused) {
        return StreamSupport.stream(json(refused).path("errors").spliterator(), false)
                .map(error -> error.path("pointer").asString())
                .toList();
    }
}
