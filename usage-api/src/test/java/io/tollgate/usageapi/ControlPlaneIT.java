package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.ADMIN_TOKEN;
import static io.tollgate.usageapi.UsageApiStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Keys, the audit, dead letters, and reading them from a replica. */
@ExtendWith(StackExtension.class)
class ControlPlaneIT {
    private final UsageApiStack stack;

    ControlPlaneIT(UsageApiStack stack) {
        this.stack = stack;
    }

    private static List<String> ids(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response)
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private void key(String id, String company, String more) {
        stack.sql(
                "INSERT INTO api_key_records (id, company, user_id, name, prefix, secret_sha256, old_secrets_taken_to,"
                        + " scopes, models, labels, metadata, blocked, revoked_at, expires_at, version, created_at, updated_at) VALUES ('"
                        + id + "', '" + company + "', 'u', 'n', 'tg_" + id
                        + "', '\\xc0ffee', '{}', '{read,ingest}', '{*}',"
                        + " '{\"team\":\"search\"}', '{}', " + more + ", 1, '2026-11-01Z', '2026-11-02Z')");
    }

    @Test
    void keysAreShownWithWhatTheyDidAndWithoutTheirHash() {
        key("a", "acme", "false, NULL, '2999-01-01Z'");
        key("b", "acme", "true, NULL, NULL");
        key("c", "acme", "true, '2026-11-02Z', '2026-11-02Z'");
        key("d", "beta", "true, '2999-01-01Z', '2026-11-02Z'");
        stack.sql("INSERT INTO api_key_uses VALUES ('a', 'usage.events', 0, 40, '2026-11-20T10:00:00Z'),"
                + " ('a', 'quota.reservations', 0, 2, '2026-11-21T10:00:00Z')");

        HttpResponse<String> all = stack.asAdmin("/v1/keys?id=a");
        assertThat(json(all).path("items").get(0).toString())
                .isEqualTo("{\"id\":\"a\",\"company\":\"acme\",\"user\":\"u\",\"name\":\"n\",\"prefix\":\"tg_a\","
                        + "\"state\":\"active\",\"scopes\":[\"read\",\"ingest\"],\"models\":[\"*\"],"
                        + "\"labels\":{\"team\":\"search\"},\"metadata\":{},\"expires_at\":\"2999-01-01T00:00:00Z\","
                        + "\"blocked\":false,\"revoked_at\":null,\"created_at\":\"2026-11-01T00:00:00Z\","
                        + "\"updated_at\":\"2026-11-02T00:00:00Z\",\"last_used_at\":\"2026-11-21T10:00:00Z\","
                        + "\"usage_count\":\"42\"}");
        assertThat(all.body()).doesNotContain("c0ffee").contains("as_of");
        assertThat(json(stack.asAdmin("/v1/keys?id=b"))
                        .at("/items/0/usage_count")
                        .asString())
                .isEqualTo("0");

        assertThat(ids(stack.asAdmin("/v1/keys"))).containsExactly("a", "b", "c", "d");
        assertThat(ids(stack.asAcme("/v1/keys"))).containsExactly("a", "b", "c");
        assertThat(ids(stack.asAdmin("/v1/keys?company=beta&user=u"))).containsExactly("d");
        assertThat(ids(stack.asAdmin("/v1/keys?prefix=tg_b"))).containsExactly("b");
        assertThat(ids(stack.asAdmin("/v1/keys?prefix=%25"))).isEmpty();
        assertThat(List.of("active", "blocked", "revoked", "expired").stream()
                        .map(state -> String.join(",", ids(stack.asAdmin("/v1/keys?state=" + state)))))
                .containsExactly("a", "b", "c", "d");
        assertThat(stack.asAdmin("/v1/keys?state=open").statusCode()).isEqualTo(400);

        String cursor =
                json(stack.asAdmin("/v1/keys?limit=3")).path("next_cursor").asString();
        assertThat(ids(stack.asAdmin("/v1/keys?limit=3&cursor=" + cursor))).containsExactly("d");
    }

    private void audited(int version, int position, String actor, String kind, String id, String company) {
        stack.sql("INSERT INTO audit_logs VALUES (" + version + ", " + position + ", '2026-11-21T10:0" + version
                + ":00Z', "
                + actor + ", '10.0.0.1', 'req_1', 'replaced', '" + kind + "', '" + id + "', " + company
                + ", NULL, '{\"name\": \"Acme\"}')");
    }

    private List<String> entries(String query) {
        HttpResponse<String> response = stack.asAdmin("/v1/audit" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response)
                .path("items")
                .valueStream()
                .map(item -> item.path("version") + "." + item.path("position"))
                .toList();
    }

    @Test
    void theAuditIsReadByAdministratorsAlone() {
        audited(1, 0, "'system', 'shipped book'", "price", "openai/gpt-4o", "NULL");
        audited(2, 0, "'admin', 'mia'", "company", "acme", "'acme'");
        audited(2, 1, "'admin', 'mia'", "key", "key_1", "'acme'");
        audited(3, 0, "'token', NULL", "company", "beta", "'beta'");

        assertThat(entries("")).containsExactly("3.0", "2.1", "2.0", "1.0");
        assertThat(entries("?from=2026-11-21T10:02:00Z&to=2026-11-21T10:03:00Z"))
                .containsExactly("2.1", "2.0");
        assertThat(entries("?actor=mia&kind=company")).containsExactly("2.0");
        assertThat(entries("?actor_kind=token")).containsExactly("3.0");
        assertThat(entries("?id=key_1&action=replaced&company=acme")).containsExactly("2.1");
        assertThat(entries("?version=2")).containsExactly("2.1", "2.0");
        JsonNode page = json(stack.asAdmin("/v1/audit?limit=2"));
        assertThat(entries("?limit=2&cursor=" + page.path("next_cursor").asString()))
                .containsExactly("2.0", "1.0");
        assertThat(json(stack.asAdmin("/v1/audit?version=2&kind=key"))
                        .at("/items/0")
                        .toString())
                .isEqualTo(
                        "{\"version\":2,\"position\":1,\"at\":\"2026-11-21T10:02:00Z\",\"actor\":{\"kind\":\"admin\","
                                + "\"id\":\"mia\",\"address\":\"10.0.0.1\",\"request_id\":\"req_1\"},\"action\":\"replaced\","
                                + "\"kind\":\"key\",\"id\":\"key_1\",\"company\":\"acme\",\"before\":null,"
                                + "\"after\":{\"name\":\"Acme\"}}");

        assertThat(stack.get("/v1/audit").statusCode()).isEqualTo(401);
        HttpResponse<String> own = stack.asAcme("/v1/audit?company=acme");
        assertThat(own.statusCode()).isEqualTo(403);
        assertThat(json(own).path("code").asString()).isEqualTo("administrators_only");
        assertThat(stack.asAdmin("/v1/audit?version=two").statusCode()).isEqualTo(400);
    }

    private static String hex(String company) {
        Submission submission = Submission.newBuilder()
                .setCompany(company)
                .setKind(SubmissionKind.USAGE)
                .setSource("search-service")
                .setId("req-1")
                .setReceivedAt(0)
                .setUsage(Usage.newBuilder()
                        .setEventTime(1_000_000)
                        .setProvider("openai")
                        .setModel("gpt-4o")
                        .setLabels(Map.of("team", "search"))
                        .setDimensions(List.of(new DimensionQuantity(
                                "input", Decimals.toAvro(Decimal.parse("12345678901234567890.5")))))
                        .build())
                .build();
        byte[] bytes =
                AvroCodec.<Submission>of(Topics.USAGE_EVENTS, UsageApiStack.IDS).encode(submission);
        return HexFormat.of().formatHex(bytes);
    }

    private void dead(long offset, String company, String code, String original) {
        stack.sql("INSERT INTO dead_letters VALUES ('usage.inbox', 3, " + offset + ", '" + code
                + "', 'because', '2026-11-20Z', " + company + ", 'search-service', 'req-1', " + original
                + ", '2026-11-21T10:00:0" + offset + "Z')");
    }

    @Test
    void deadLettersAreListedAndEachShowsItsOriginal() {
        dead(1, "'acme'", "invalid_quantity", "'\\x" + hex("acme") + "'");
        dead(2, "'beta'", "unreadable", "'\\x00ff'");
        dead(3, "NULL", "unreadable", "NULL");

        assertThat(ids(stack.asAdmin("/v1/dead-letters")))
                .containsExactly("usage.inbox-3-3", "usage.inbox-3-2", "usage.inbox-3-1");
        assertThat(ids(stack.asAdmin("/v1/dead-letters?code=unreadable&company=beta")))
                .containsExactly("usage.inbox-3-2");
        assertThat(ids(stack.asAdmin("/v1/dead-letters?source=search-service&id=req-1&topic=usage.inbox"
                        + "&from=2026-11-21T10:00:01Z&to=2026-11-21T10:00:02Z")))
                .containsExactly("usage.inbox-3-1");
        String cursor = json(stack.asAdmin("/v1/dead-letters?limit=1"))
                .path("next_cursor")
                .asString();
        assertThat(ids(stack.asAdmin("/v1/dead-letters?limit=1&cursor=" + cursor)))
                .containsExactly("usage.inbox-3-2");
        assertThat(ids(stack.asAcme("/v1/dead-letters"))).containsExactly("usage.inbox-3-1");
        assertThat(stack.asAdmin("/v1/dead-letters?cursor=WyJhIiwiYiJd").statusCode())
                .isEqualTo(400);

        JsonNode submission = json(stack.asAcme("/v1/dead-letters/usage.inbox-3-1"));
        assertThat(submission.path("code").asString()).isEqualTo("invalid_quantity");
        assertThat(submission.path("original_base64").isNull()).isTrue();
        assertThat(submission.at("/original/usage/dimensions/input").asString()).isEqualTo("12345678901234567890.5");
        assertThat(submission.at("/original/usage/event_time").asString()).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(submission.at("/original/usage/labels/team").asString()).isEqualTo("search");
        JsonNode bytes = json(stack.asAdmin("/v1/dead-letters/usage.inbox-3-2"));
        assertThat(bytes.path("original").isNull()).isTrue();
        assertThat(bytes.path("original_base64").asString()).isEqualTo("AP8=");
        assertThat(bytes.path("size").asInt()).isEqualTo(2);
        JsonNode empty = json(stack.asAdmin("/v1/dead-letters/usage.inbox-3-3"));
        assertThat(empty.path("original_base64").isNull()).isTrue();
        assertThat(empty.path("size").isNull()).isTrue();

        for (String none : List.of("usage.inbox-3-2", "usage.inbox-3-4", "nothing")) {
            assertThat(stack.asAcme("/v1/dead-letters/" + none).statusCode())
                    .as(none)
                    .isEqualTo(404);
        }
        assertThat(stack.send("POST", "/v1/dead-letters/usage.inbox-3-1").statusCode())
                .isEqualTo(405);
    }

    /** Another database of the same server stands for the replica: what it alone holds tells who was asked. */
    @Test
    void theReplicaIsAskedAndThePrimaryWhileItIsAway() {
        key("primary", "acme", "false, NULL, NULL");
        stack.asSuperuser("CREATE DATABASE replica OWNER " + stack.postgres().user());
        String replica = stack.postgres().jdbcUrl().replaceAll("/tollgate$", "/replica");
        stack.migrate(replica);
        try (var service = stack.start(
                stack.kafka().bootstrapServers(),
                "--tollgate.replica=" + replica,
                "--tollgate.connection-timeout=250ms")) {
            int port = UsageApiStack.portOf(service);
            assertThat(ids(stack.get(port, "/v1/keys", "x-api-key", ADMIN_TOKEN)))
                    .isEmpty();
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(answeredBy(port))
                    .isEqualTo("replica"));

            stack.asSuperuser("ALTER DATABASE replica ALLOW_CONNECTIONS false");
            stack.asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'replica'");

            // A query that was under way there fails, as one on a primary that goes away does.
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            ids(stack.get(port, "/v1/keys", "x-api-key", ADMIN_TOKEN)))
                    .containsExactly("primary"));
            assertThat(answeredBy(port)).isEqualTo("primary");
        } finally {
            stack.asSuperuser("DROP DATABASE replica WITH (FORCE)");
        }
    }

    private String answeredBy(int port) {
        HttpResponse<String> ready = stack.get(port, "/actuator/health/readiness");
        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
        return json(ready).at("/components/database/details/answered_by").asString();
    }
}
