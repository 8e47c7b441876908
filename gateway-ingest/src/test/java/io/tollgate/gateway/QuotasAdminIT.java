package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Quotas, alert rules, webhooks and users over HTTP, and what of them is in the topics. */
class QuotasAdminIT {
    private static final String DAY = "{\"scope\":{\"company\":\"acme\",\"user\":\"*\"},\"metric\":\"tokens\","
            + "\"limit\":10000,\"period\":\"day\"}";

    private static GatewayStack stack;
    private static GatewayClient gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        stack = GatewayStack.start(folder);
        gateway = stack.client();
        gateway.admin("PUT", "companies/acme", "{\"name\":\"Acme\",\"timezone\":\"Europe/Berlin\"}");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void everyExampleOfThePageIsTaken() {
        List<AdminExample> examples = AdminExample.all();
        assertThat(examples).hasSizeGreaterThan(10);
        for (AdminExample example : examples) {
            HttpResponse<String> answer = gateway.admin(example.method(), example.path(), example.body());
            assertThat(answer.statusCode())
                    .as("%s %s", example.path(), answer.body())
                    .isEqualTo(example.method().equals("PUT") ? 201 : 202);
            if (example.method().equals("PUT")) {
                HttpResponse<String> again = gateway.admin(
                        "PUT",
                        example.path(),
                        gateway.admin("GET", example.path(), "").body());
                assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
                assertThat(etag(again)).isIn("\"1\"", "\"2\"");
            }
        }
    }

    @Test
    void aQuotaIsMadeReadChangedAndEndedInEveryPartition() {
        HttpResponse<String> made = gateway.admin("PUT", "quotas/life", DAY);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(partitions(Topics.CONFIG_QUOTAS, "life")).containsExactlyInAnyOrder(0, 1, 2);
        JsonNode read = json(gateway.admin("GET", "quotas/life", ""));
        assertThat(read).isEqualTo(json(made));
        assertThat(read.path("timezone").asString()).isEqualTo("Europe/Berlin");
        assertThat(read.path("limit").asString()).isEqualTo("10000");
        assertThat(gateway.admin("GET", "quotas?company=acme", "").body()).contains("\"life\"");
        assertThat(gateway.admin("GET", "quotas?company=*", "").body()).doesNotContain("\"life\"");

        assertThat(etag(gateway.admin("PUT", "quotas/life", DAY))).isEqualTo("\"1\"");
        HttpResponse<String> changed = gateway.admin("PUT", "quotas/life", DAY.replace("day", "week"));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(etag(changed)).isEqualTo("\"2\"");
        HttpResponse<String> late = gateway.admin("PUT", "quotas/life", DAY, "if-match", "\"1\"");
        assertThat(late.statusCode()).isEqualTo(412);
        HttpResponse<String> wrong = gateway.admin("PUT", "quotas/life", DAY.replace("acme", "nobody"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(json(wrong).at("/errors/0/pointer").asString()).isEqualTo("/scope/company");

        assertThat(gateway.admin("DELETE", "quotas/life", "").statusCode()).isEqualTo(204);
        assertThat(gateway.admin("GET", "quotas/life", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aResetIsNumberedAndOutlivesChanges() {
        gateway.admin("PUT", "quotas/reset", DAY);
        HttpResponse<String> reset =
                gateway.admin("POST", "quotas/reset/reset", "{\"user\":\"user-42\",\"reason\":\"job ran twice\"}");
        assertThat(reset.statusCode()).as(reset.body()).isEqualTo(202);
        assertThat(json(reset).at("/resets/0/number").asInt()).isEqualTo(1);
        gateway.admin("PUT", "quotas/reset", DAY.replace("10000", "20000"));
        JsonNode second = json(gateway.admin("POST", "quotas/reset/reset", "{\"reason\":\"again\"}"));
        assertThat(second.at("/resets/0/user").asString()).isEqualTo("user-42");
        assertThat(second.at("/resets/1/number").asInt()).isEqualTo(2);
        assertThat(second.path("limit").asString()).isEqualTo("20000");

        assertThat(gateway.admin("POST", "quotas/reset/reset", "{}").statusCode())
                .isEqualTo(422);
        assertThat(gateway.admin("POST", "quotas/none/reset", "{\"reason\":\"r\"}")
                        .statusCode())
                .isEqualTo(404);
        gateway.admin("PUT", "quotas/open", "{\"scope\":{\"company\":\"acme\"},\"metric\":\"concurrent\",\"limit\":1}");
        HttpResponse<String> open = gateway.admin("POST", "quotas/open/reset", "{\"reason\":\"r\"}");
        assertThat(open.statusCode()).isEqualTo(409);
        assertThat(json(open).path("code").asString()).isEqualTo("nothing_to_reset");
    }

    @Test
    void aWebhooksSecretIsShownOnceAndNeverAgain() {
        String body = "{\"url\":\"https://example.com/alerts\"}";
        HttpResponse<String> made = gateway.admin("PUT", "webhooks/once", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String secret = json(made).path("secret").asString();
        assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .hasSize(24);
        HttpResponse<String> rotated = gateway.admin("POST", "webhooks/once/rotate?overlap_hours=1", "");
        assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
        String newer = json(rotated).path("secret").asString();
        assertThat(newer).startsWith("whsec_").isNotEqualTo(secret);
        assertThat(json(rotated).path("old_secret_until").isString()).isTrue();

        for (HttpResponse<String> shown : List.of(
                gateway.admin("GET", "webhooks/once", ""),
                gateway.admin("GET", "webhooks", ""),
                gateway.admin("PUT", "webhooks/once", body.replace("alerts", "other")))) {
            assertThat(shown.body())
                    .contains("example.com")
                    .doesNotContain("whsec_")
                    .doesNotContain("\"secret\"");
        }
        JsonNode atOnce = json(gateway.admin("POST", "webhooks/once/rotate?overlap_hours=0", ""));
        assertThat(atOnce.path("version").asInt()).isEqualTo(4);
        assertThat(gateway.admin("POST", "webhooks/once/rotate?overlap_hours=169", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(partitions(Topics.CONFIG_WEBHOOKS, "once")).containsOnly(0);
        assertThat(stack.read(Topics.CONFIG_WEBHOOKS))
                .noneMatch(
                        record -> record.value() != null && text(record.value()).contains("whsec_"));
    }

    @Test
    void anAlertRuleNamesWhatIsThere() {
        String rule = "{\"scope\":{\"company\":\"acme\"},\"kind\":\"quota_share\",\"quota\":\"watched\","
                + "\"webhooks\":[\"listening\"]}";
        HttpResponse<String> early = gateway.admin("PUT", "alert-rules/watch", rule);
        assertThat(early.statusCode()).isEqualTo(422);
        assertThat(json(early).path("errors"))
                .extracting(error -> error.path("code").asString())
                .containsExactly("unknown_quota", "unknown_webhook");
        gateway.admin("PUT", "quotas/watched", DAY);
        gateway.admin("PUT", "webhooks/listening", "{\"url\":\"https://example.com\"}");

        HttpResponse<String> made = gateway.admin("PUT", "alert-rules/watch", rule);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(json(made).path("thresholds")).hasSize(3);
        assertThat(partitions(Topics.CONFIG_ALERTS, "watch")).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(gateway.admin("GET", "alert-rules?company=acme", "").body()).contains("\"watch\"");
        assertThat(gateway.admin("DELETE", "alert-rules/watch", "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void usersAndKeysAreBlockedAndUnblocked() {
        HttpResponse<String> made = gateway.admin(
                "PUT", "users/acme/ann@example.com%2F1", "{\"blocked\":true,\"labels\":{\"team\":\"x\"}}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(json(made).path("id").asString()).isEqualTo("ann@example.com/1");
        assertThat(json(gateway.admin("GET", "users/acme/ann@example.com%2F1", ""))
                        .path("blocked")
                        .asBoolean())
                .isTrue();
        assertThat(json(gateway.admin("GET", "users?company=acme", "")).path("items"))
                .hasSizeGreaterThanOrEqualTo(1);
        assertThat(gateway.admin("PUT", "users/nobody/ann", "{}").statusCode()).isEqualTo(422);
        assertThat(gateway.admin("DELETE", "users/acme/ann@example.com%2F1", "").statusCode())
                .isEqualTo(204);

        gateway.key("blocking", "ingest");
        JsonNode key = json(gateway.admin("GET", "keys?company=blocking", "")).at("/items/0");
        String id = key.path("id").asString();
        assertThat(key.path("blocked").asBoolean(true)).isFalse();
        HttpResponse<String> blocked = gateway.admin("POST", "keys/" + id + "/block", "");
        assertThat(json(blocked).path("blocked").asBoolean()).isTrue();
        assertThat(etag(blocked)).isEqualTo("\"2\"");
        assertThat(etag(gateway.admin("POST", "keys/" + id + "/block", ""))).isEqualTo("\"2\"");
        assertThat(json(gateway.admin("POST", "keys/" + id + "/unblock", ""))
                        .path("blocked")
                        .asBoolean(true))
                .isFalse();
        assertThat(gateway.admin("POST", "keys/key_none/block", "").statusCode())
                .isEqualTo(404);
    }

    private static List<Integer> partitions(Topic topic, String key) {
        return stack.read(topic).stream()
                .filter(record -> Arrays.equals(record.key(), key.getBytes(UTF_8)))
                .map(record -> record.partition())
                .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("etag").orElse("");
    }
}
