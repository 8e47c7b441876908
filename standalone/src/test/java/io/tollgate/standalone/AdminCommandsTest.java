package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on quotas, alert rules, webhooks and users against a gateway that answers what the test wants. */
class AdminCommandsTest {
    private static final String DAY = "{\"id\":\"day\",\"scope\":{\"company\":\"acme\",\"user\":\"*\",\"key\":null},"
            + "\"metric\":\"tokens\",\"limit\":\"10000\",\"period\":\"day\",\"enforcement\":\"hard\",\"boost\":null}";

    private FakeGateway gateway;
    private Path folder;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        gateway = new FakeGateway(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void quotasAreListedByPageInATableOfWhatTheyHave() {
        gateway.answer(200, "{\"items\":[" + DAY + "],\"next_cursor\":\"bmV4dA\"}");
        gateway.answer(200, "{\"items\":[" + DAY.replace("\"day\"", "\"week\"") + "],\"next_cursor\":null}");
        Said said = gateway.run("quotas", "list", "--company", "acme");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(gateway.asked())
                .containsExactly(
                        "GET /admin/v1/quotas?limit=1000&company=acme Bearer the-token ",
                        "GET /admin/v1/quotas?limit=1000&company=acme&cursor=bmV4dA Bearer the-token ");
        assertThat(said.out().lines())
                .containsExactly(
                        "id    company  user  limit  metric  period  enforcement",
                        "day   acme     *     10000  tokens  day     hard",
                        "week  acme     *     10000  tokens  week    hard");
        gateway.answer(200, "{\"items\":[],\"next_cursor\":null}");
        assertThat(gateway.run("alerts", "rules", "list").out()).contains("there are none");
    }

    @Test
    void whatIsListedOrShownCanBeSet() throws IOException {
        Path file = Files.writeString(folder.resolve("quotas.json"), "{\"items\":[" + DAY + "]}");
        gateway.answer(201, DAY);
        Said said = gateway.run("quotas", "set", file.toString());
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(gateway.asked()).containsExactly("PUT /admin/v1/quotas/day Bearer the-token " + DAY);
        assertThat(said.out()).contains("10000");

        gateway.answer(200, DAY);
        assertThat(gateway.run("quotas", "show", "day").out()).contains("\"limit\" : \"10000\"");
        Files.writeString(file, "[{\"metric\":\"cost\"}]");
        assertThat(gateway.run("quotas", "set", file.toString()).err()).contains("each must have an \"id\"");
        Files.writeString(file, "{");
        assertThat(gateway.run("quotas", "set", file.toString()).err()).contains("is no JSON");
    }

    @Test
    void aRefusalSaysWhichAndASecretBeforeItIsNotLost() throws IOException {
        Path file = Files.writeString(
                folder.resolve("webhooks.json"), "[{\"id\":\"a\",\"url\":\"https://a\"},{\"id\":\"b\",\"url\":\"b\"}]");
        gateway.answer(201, "{\"id\":\"a\",\"secret\":\"whsec_once\",\"url\":\"https://a\"}");
        gateway.answer(422, "{\"detail\":\"url: must be http\",\"errors\":[{\"pointer\":\"/url\",\"detail\":\"x\"}]}");
        Said said = gateway.run("webhooks", "set", file.toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("whsec_once");
        assertThat(said.err()).contains("error   b: url: must be http").contains("/url");
    }

    @Test
    void aWebhookIsRotated() {
        gateway.answer(200, "{\"id\":\"ops\",\"secret\":\"whsec_new\",\"old_secret_until\":\"2026-11-22T00:00:00Z\"}");
        Said said = gateway.run("webhooks", "rotate", "ops", "--overlap-hours", "2");
        assertThat(gateway.asked())
                .containsExactly("POST /admin/v1/webhooks/ops/rotate?overlap_hours=2 Bearer the-token {}");
        assertThat(said.out()).contains("whsec_new", "2026-11-22T00:00:00Z");
    }

    @Test
    void aQuotaIsResetWithAReasonAndDeleted() {
        gateway.answer(202, "{\"id\":\"day\",\"resets\":[{\"number\":1},{\"number\":2}]}");
        Said reset = gateway.run("quotas", "reset", "day", "--user", "u", "--reason", "twice");
        assertThat(reset.out()).contains("day, number 2");
        assertThat(gateway.asked().get(0))
                .startsWith("POST /admin/v1/quotas/day/reset ")
                .contains("\"user\":\"u\"", "\"reason\":\"twice\"");
        assertThat(gateway.run("quotas", "reset", "day").code()).isEqualTo(2);

        gateway.answer(204, "");
        Said deleted = gateway.run("quotas", "delete", "day");
        assertThat(deleted.code()).as(deleted.toString()).isZero();
        assertThat(deleted.out()).contains("deleted  day");
        gateway.answer(404, "{\"detail\":\"there is no quota day\"}");
        assertThat(gateway.run("quotas", "delete", "day").err()).contains("there is no quota day");
    }

    @Test
    void aUserIsBlockedAndKeepsWhatElseIsKnown() {
        gateway.answer(404, "{\"detail\":\"there is no user\"}");
        gateway.answer(201, "{}");
        Said blocked = gateway.run("users", "block", "acme", "ann b/1");
        assertThat(blocked.code()).as(blocked.toString()).isZero();
        assertThat(gateway.asked().get(1))
                .isEqualTo("PUT /admin/v1/users/acme/ann%20b%2F1 Bearer the-token {\"blocked\":true}"
                        + " If-None-Match: *");
        gateway.answer(200, "{\"id\":\"u\",\"blocked\":true,\"labels\":{\"team\":\"x\"},\"version\":7}");
        gateway.answer(200, "{}");
        assertThat(gateway.run("users", "unblock", "acme", "u").out()).contains("unblocked  acme u");
        assertThat(gateway.asked().get(3))
                .contains("\"blocked\":false", "\"team\":\"x\"")
                .endsWith("If-Match: \"7\"");
    }

    @Test
    void optionsChangeWhatTheySayAndLeaveTheRest() {
        gateway.answer(404, "{\"detail\":\"there is no company acme\"}");
        gateway.answer(201, "{\"id\":\"acme\",\"name\":\"Acme\",\"currency\":\"USD\"}");
        Said made =
                gateway.run("companies", "set", "acme", "--name", "Acme", "--currency", "USD", "--labels", "a=1,b=");
        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(gateway.asked().get(1))
                .isEqualTo("PUT /admin/v1/companies/acme Bearer the-token {\"name\":\"Acme\",\"currency\":\"USD\","
                        + "\"labels\":{\"a\":\"1\",\"b\":\"\"}} If-None-Match: *");
        assertThat(made.out().lines()).containsExactly("id    name  currency", "acme  Acme  USD");

        gateway.answer(200, DAY.replace("\"id\"", "\"version\":4,\"id\""));
        gateway.answer(200, DAY);
        gateway.run("quotas", "set", "day", "--limit", "7", "--user", "", "--thresholds", "50,80");
        assertThat(gateway.asked().get(3))
                .contains("\"limit\":\"7\"", "\"company\":\"acme\",\"user\":null", "\"thresholds\":[\"50\",\"80\"]")
                .endsWith("If-Match: \"4\"");

        gateway.answer(412, "{\"detail\":\"somebody else changed it\"}");
        assertThat(gateway.run("users", "set", "acme", "ann", "--blocked", "true")
                        .err())
                .contains("somebody else changed it");
        assertThat(gateway.asked().get(4)).startsWith("GET /admin/v1/users/acme/ann ");
        assertThat(gateway.run("users", "set", "acme", "--blocked", "true").err())
                .contains("which one?");
        assertThat(gateway.run("companies", "set", "nobody").err()).contains("there is no file nobody", "--name");
    }

    @Test
    void aNewKeysSecretIsShownOnceOrKept() throws IOException {
        String key =
                "{\"id\":\"key_1\",\"company\":\"acme\",\"name\":\"n\",\"scopes\":[\"ingest\"],\"secret\":\"tg_once\"}";
        gateway.answer(201, key);
        Said shown = gateway.run("keys", "create", "--company", "acme", "--name", "n");
        assertThat(shown.out()).contains("tg_once");
        assertThat(gateway.asked())
                .containsExactly("POST /admin/v1/keys Bearer the-token"
                        + " {\"company\":\"acme\",\"scopes\":[\"ingest\"],\"name\":\"n\"}");
        gateway.answer(201, key);
        Path file = folder.resolve("key");
        Said kept = gateway.run(
                "keys", "create", "--company", "acme", "--name", "n", "--secret-file", file.toString(), "--json");
        assertThat(kept.toString()).doesNotContain("tg_once");
        assertThat(Files.readString(file)).isEqualTo("tg_once\n");
        Said again =
                gateway.run("keys", "create", "--company", "acme", "--name", "n", "--secret-file", file.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains(file + " is there already");
        assertThat(gateway.asked()).as("no other key is made").hasSize(2);
        assertThat(gateway.run("keys", "create").code()).isEqualTo(2);
    }

    @Test
    void keysAndAdministratorsAreRotatedBlockedAndEnded() {
        gateway.answer(200, "{\"id\":\"key_1\",\"secret\":\"tg_new\"}");
        assertThat(gateway.run("keys", "rotate", "key_1", "--overlap-hours", "2")
                        .out())
                .contains("tg_new");
        gateway.answer(200, "{}");
        assertThat(gateway.run("keys", "block", "key_1").out()).contains("blocked  key_1");
        gateway.answer(204, "");
        assertThat(gateway.run("keys", "revoke", "key_1").out()).contains("revoked  key_1");
        gateway.answer(200, "{\"id\":\"ann\",\"token\":\"tga_new\"}");
        assertThat(gateway.run("admins", "rotate", "ann").out()).contains("tga_new");
        assertThat(gateway.asked())
                .extracting(call -> call.substring(0, call.indexOf(" Bearer")))
                .containsExactly(
                        "POST /admin/v1/keys/key_1/rotate?overlap_hours=2",
                        "POST /admin/v1/keys/key_1/block",
                        "DELETE /admin/v1/keys/key_1",
                        "POST /admin/v1/admins/ann/rotate");
    }

    @Test
    void whatHappenedIsAskedOfTheUsageApi() {
        gateway.answer(
                200,
                "{\"items\":[{\"at\":\"2026-11-21T10:00:00Z\",\"version\":3,\"actor\":{\"kind\":\"admin\",\"id\":\"ann\"},"
                        + "\"action\":\"replaced\",\"kind\":\"quota\",\"id\":\"day\",\"company\":\"acme\"}],\"next_cursor\":\"x\"}");
        Said audit = gateway.runUsage("audit", "list", "--kind", "quota", "--limit", "1");
        assertThat(audit.out().lines())
                .containsExactly(
                        "at                    version  actor kind  actor id  action    kind   id   company",
                        "2026-11-21T10:00:00Z  3        admin       ann       replaced  quota  day  acme");
        gateway.answer(200, "{\"items\":[{\"id\":\"day\",\"used\":\"3\",\"limit\":\"7\"}],\"next_cursor\":null}");
        assertThat(gateway.runUsage("quotas", "status", "--company", "acme").out())
                .contains("day  3     7");
        gateway.answer(200, "{\"items\":[{\"id\":\"key_1\",\"usage_count\":\"12\"}],\"next_cursor\":null}");
        assertThat(gateway.runUsage("keys", "used").out()).contains("12");
        assertThat(gateway.asked())
                .extracting(call -> call.substring(0, call.indexOf(" Bearer")))
                .containsExactly(
                        "GET /v1/audit?limit=1&kind=quota",
                        "GET /v1/quotas?limit=100&company=acme",
                        "GET /v1/keys?limit=100");
    }

    @Test
    void eachCommandHelps() {
        assertThat(FakeGateway.execute("quotas", "--help").out()).contains("list", "show", "set", "reset", "delete");
        assertThat(FakeGateway.execute("alerts", "rules", "set", "--help").out())
                .contains("FILE");
        assertThat(FakeGateway.execute("users", "unblock", "--help").out()).contains("COMPANY");
        assertThat(FakeGateway.execute("webhooks").code()).isEqualTo(2);
    }
}
