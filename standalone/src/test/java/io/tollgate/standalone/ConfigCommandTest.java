package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tollgate config} against a gateway that answers what the test wants. */
class ConfigCommandTest {
    private static final String VERSION =
            "{\"number\":41,\"at\":\"2026-11-21T10:00:00Z\",\"actor\":{\"kind\":\"admin\","
                    + "\"id\":\"ann\",\"address\":\"127.0.0.1\"},\"changes\":1,\"summary\":\"replaced quota month\"}";
    private static final String DOCUMENT =
            "{\"companies\":[{\"id\":\"acme\",\"name\":\"no\",\"labels\":{\"a\":\"1\"}}],"
                    + "\"quotas\":[{\"id\":\"month\",\"limit\":\"500.10\",\"period_hours\":5,\"thresholds\":[\"80\",\"100\"]}]}";
    private static final String OUTCOME = "{\"dry_run\":true,\"config_version\":41,"
            + "\"kinds\":{\"quotas\":{\"created\":1,\"replaced\":1,\"deleted\":1,\"unchanged\":3}},\"changes\":["
            + "{\"kind\":\"quotas\",\"id\":\"month\",\"action\":\"replaced\",\"differences\":["
            + "{\"path\":\"/limit\",\"before\":\"500\",\"after\":\"600\"},{\"path\":\"/scope/user\",\"before\":\"*\",\"after\":null}]},"
            + "{\"kind\":\"quotas\",\"id\":\"old\",\"action\":\"deleted\",\"differences\":[]},"
            + "{\"kind\":\"prices\",\"id\":\"p/m\",\"action\":\"added\",\"differences\":["
            + "{\"path\":\"/-\",\"before\":null,\"after\":{\"dimension\":\"input\",\"unit_price\":\"0.1\"}}]}]}";

    private FakeGateway gateway;
    private Path file;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        gateway = new FakeGateway(folder);
        file = folder.resolve("tollgate.yaml");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whatIsExportedIsReadAsItWas() throws IOException {
        gateway.answer(200, "{\"items\":[" + VERSION + "],\"next_cursor\":\"x\"}");
        gateway.answer(200, DOCUMENT);
        Said exported = gateway.run("config", "export", file.toString(), "--kinds", "companies,quotas");
        assertThat(exported.code()).as(exported.toString()).isZero();
        assertThat(gateway.asked().get(1))
                .startsWith("GET /admin/v1/config?prices=own&kinds=companies%2Cquotas Bearer the-token");
        assertThat(Files.readString(file))
                .startsWith("# Configuration of Tollgate. Version 41 of 2026-11-21T10:00:00Z.")
                .contains("companies:\n  - id: acme\n    name: 'no'\n    labels:\n      a: '1'\n")
                .contains("limit: '500.10'");

        gateway.answer(200, OUTCOME.replaceAll("\"changes\":\\[.*", "\"changes\":[]}"));
        Said diff = gateway.run("config", "diff", file.toString());
        assertThat(diff.code()).as(diff.toString()).isZero();
        assertThat(diff.out()).contains("nothing to change");
        assertThat(gateway.asked().get(2))
                .startsWith("POST /admin/v1/config?dry_run=true&prune=false ")
                .contains(DOCUMENT.replace(":5,", ":\"5\","));
    }

    @Test
    void numbersAreAsExactAsTheyAreWrittenAndNoIsAWord() throws IOException {
        Files.writeString(
                file,
                """
                companies:
                - {id: 007, name: no, labels: {at: 2026-01-01, share: 0.10, x: null, y: 1e3}}
                users: &u
                - {company: acme, id: "true", blocked: true}
                webhooks: []
                """);
        gateway.answer(200, OUTCOME);
        assertThat(gateway.run("config", "diff", file.toString()).code()).isEqualTo(4);
        assertThat(gateway.asked().get(0))
                .contains("{\"id\":\"007\",\"name\":\"no\",\"labels\":"
                        + "{\"at\":\"2026-01-01\",\"share\":\"0.10\",\"x\":null,\"y\":\"1e3\"}}")
                .contains("{\"company\":\"acme\",\"id\":\"true\",\"blocked\":true}");
    }

    @Test
    void aDiffIsReadableMemberByMemberAndEndsWith4() throws IOException {
        Files.writeString(file, "quotas: []\n");
        gateway.answer(200, OUTCOME);
        Said diff = gateway.run("config", "diff", file.toString(), "--prune");
        assertThat(diff.code()).isEqualTo(4);
        assertThat(gateway.asked().get(0)).startsWith("POST /admin/v1/config?dry_run=true&prune=true ");
        assertThat(diff.out().lines())
                .containsExactly(
                        "~ quotas month  (replaced)",
                        "    ~ limit: 500 -> 600",
                        "    - scope/user: *",
                        "- quotas old  (deleted)",
                        "+ prices p/m  (added)",
                        "    + dimension: input, unit_price: 0.1",
                        "quotas: 1 created, 1 replaced, 1 deleted, 3 unchanged",
                        "nothing was changed yet");
    }

    @Test
    void aFaultIsNamedWithItsLine() throws IOException {
        Files.writeString(
                file,
                """
                # a comment
                quotas:
                  - id: month
                    scope:
                      company: nobody
                    limit: -1
                """);
        gateway.answer(
                422,
                "{\"detail\":\"3 members are wrong\",\"errors\":[{\"pointer\":\"/quotas/0/limit\",\"detail\":\"is negative\"},"
                        + "{\"pointer\":\"/quotas/0/period\",\"detail\":\"is required\"},"
                        + "{\"pointer\":\"/quotas/0/scope/company\",\"detail\":\"there is no company\"}]}");
        Said refused = gateway.run("config", "apply", file.toString(), "--yes");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains(file + ":6  /quotas/0/limit  is negative")
                .contains(file + ":3  /quotas/0/period  is required")
                .contains(file + ":5  /quotas/0/scope/company  there is no company");
        for (String broken :
                new String[] {"quotas: [\n", "quotas: []\nquotas: []\n", "{1: {2: 3}: 4}\n", "a: *nobody\n"}) {
            Files.writeString(file, broken);
            assertThat(gateway.run("config", "diff", file.toString()).err()).contains(file + ":");
        }
        assertThat(gateway.asked()).hasSize(1);
    }

    @Test
    void itIsAppliedAndSaysWhatItDidAndShowsSecretsOnce() throws IOException {
        Files.writeString(file, "quotas: []\n");
        gateway.answer(
                200,
                OUTCOME.replace("\"dry_run\":true,\"config_version\":41", "\"dry_run\":false,\"config_version\":42")
                        .replaceAll("}$", ",\"secrets\":[{\"kind\":\"keys\",\"id\":\"k\",\"secret\":\"tg_once\"}]}"));
        Said applied = gateway.run("config", "apply", file.toString(), "--yes");
        assertThat(applied.code()).as(applied.toString()).isZero();
        assertThat(gateway.asked()).hasSize(1);
        assertThat(gateway.asked().get(0)).startsWith("POST /admin/v1/config?dry_run=false&prune=false ");
        assertThat(applied.out()).contains("secret   keys k  tg_once", "version  42");
    }

    @Test
    void withoutAnybodyToAskNothingIsChanged() throws IOException {
        Files.writeString(file, "quotas: []\n");
        gateway.answer(200, OUTCOME);
        Said alone = gateway.run("config", "apply", file.toString());
        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.err()).contains("--yes");
        assertThat(gateway.asked()).hasSize(1);
        gateway.answer(200, OUTCOME);
        assertThat(gateway.run("config", "apply", file.toString(), "--dry-run").code())
                .isZero();
        assertThat(gateway.asked().get(1)).contains("dry_run=true");
    }

    @Test
    void versionsAreListedLookedAtAndGoneBackTo() {
        gateway.answer(200, "{\"items\":[" + VERSION + "],\"next_cursor\":null}");
        assertThat(gateway.run("config", "versions").out().lines())
                .containsExactly(
                        "version  at                    who  from       what",
                        "41       2026-11-21T10:00:00Z  ann  127.0.0.1  replaced quota month");

        String entry = "{\"action\":\"restored\",\"kind\":\"quota\",\"id\":\"%s\",\"before\":null,\"after\":{},"
                + "\"differences\":[]}";
        String head = VERSION.substring(0, VERSION.length() - 1);
        gateway.answer(200, head + ",\"items\":[" + entry.formatted("a") + "],\"next_cursor\":\"b\"}");
        gateway.answer(200, head + ",\"items\":[" + entry.formatted("b") + "],\"next_cursor\":null}");
        assertThat(gateway.run("config", "show", "41").out().lines())
                .containsExactly(
                        "version  41 of 2026-11-21T10:00:00Z by ann", "+ quota a  (restored)", "+ quota b  (restored)");

        gateway.answer(
                200,
                OUTCOME.replaceAll(
                        "}$", ",\"left_alone\":[{\"kind\":\"keys\",\"id\":\"k\",\"detail\":\"is revoked\"}]}"));
        Said back = gateway.run("config", "restore", "40", "--dry-run");
        assertThat(gateway.asked().get(3)).startsWith("POST /admin/v1/versions/40/restore?dry_run=true ");
        assertThat(back.out()).contains("! keys k: is revoked");
    }

    @Test
    void theExampleOfTheDocsReadsAsItSays() throws IOException {
        Files.writeString(file, example("yaml"));
        gateway.answer(200, example("json"));
        Said diff = gateway.run("config", "diff", file.toString(), "--prune");
        assertThat(diff.out().lines())
                .containsExactlyElementsOf(example("text").lines().toList());
        assertThat(gateway.asked().get(0))
                .contains("\"scope\":{\"company\":\"acme\"},\"metric\":\"cost\",\"limit\":\"500\"");
    }

    private static String example(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/configuration-as-code.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void eachCommandHelps() {
        assertThat(FakeGateway.execute("config", "--help").out())
                .contains("export", "diff", "apply", "versions", "show", "restore");
        assertThat(FakeGateway.execute("config", "diff", "--help").out()).contains("something would change");
        assertThat(FakeGateway.execute("config", "restore", "x").code()).isEqualTo(2);
    }
}
