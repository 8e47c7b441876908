package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.standalone.FakeGateway.Said;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The command as a process: what it says, how it ends, and what it finds again. */
class UpIT {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(1);

    /** One process start serves several sentences here: each takes seconds. {@link WholePathKillIT} is about kills. */
    @Test
    void itIsOneOnlyAndCarriesOnWhereSigtermStoppedIt(@TempDir Path data) throws Exception {
        int base = TollgateProcess.freePortBase();
        Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String key;
        try (TollgateProcess first = TollgateProcess.start(data, base).awaitReady(START)) {
            assertThat(first.output())
                    .contains("gateway http://127.0.0.1:" + base)
                    .doesNotContain(first.adminToken());

            try (TollgateProcess second = TollgateProcess.start(data, TollgateProcess.freePortBase())) {
                assertThat(second.awaitExit(STOP)).isEqualTo(1);
                assertThat(second.output()).contains(String.valueOf(first.pid()));
            }

            TollgateClient client = client(first);
            client.putCompany("acme");
            key = client.createKey("acme", List.of("ingest", "read"));
            client.postPrices(
                    List.of(
                            "{\"provider\":\"openai\",\"model\":\"gpt-5\",\"dimension\":\"input\",\"unit\":\"token\","
                                    + "\"unit_price\":\"0.00000125\",\"currency\":\"USD\",\"effective_from\":\"2020-01-01T00:00:00Z\"}"));
            assertThat(client.sendBatch(key, List.of(event("before-the-stop", time))))
                    .isEqualTo(204);
            assertThat(data.resolve("endpoints")).content().contains("gateway=http://127.0.0.1:" + base);
            itsSchemaIsShownAndNotTakenFromUnderIt(data);
            anotherSchemaIsMadeCleanedAndUndone(data);
            first.terminate();
            assertThat(first.awaitExit(STOP)).isZero();
            assertThat(first.output()).endsWith("stopped\n");
            assertThat(data.resolve("endpoints")).doesNotExist();
        }
        try (TollgateProcess again = TollgateProcess.start(data, base).awaitReady(START)) {
            TollgateClient client = client(again);
            // The same once more, as a client does that got no answer; and a new one.
            assertThat(client.sendBatch(key, List.of(event("before-the-stop", time), event("after-the-stop", time))))
                    .isEqualTo(204);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(totals(client, time)).containsExactly("2", "0.0025"));
        }
    }

    private static Said db(Path data, String... arguments) {
        List<String> all = new ArrayList<>(List.of("db"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return FakeGateway.execute(all.toArray(String[]::new));
    }

    private static void itsSchemaIsShownAndNotTakenFromUnderIt(Path data) {
        Said status = db(data, "status");
        assertThat(status.code()).as(status.err()).isZero();
        assertThat(status.out()).contains("the control plane  applied", "schema tollgate is at version 2, up to date");
        assertThat(db(data, "status", "--json", "--exit-code").out())
                .contains("\"pending\" : 0", "\"description\" : \"the books\"");
        assertThat(db(data, "migrate").out()).contains("up to date (0 applied)");

        Said asked = db(data, "rollback");
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.out()).contains("to undo  2  the control plane", "say --yes");
        Said refused = db(data, "rollback", "--yes");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("a billing-sink is connected to tollgate");
        assertThat(db(data, "status").out()).contains("is at version 2");
    }

    private static void anotherSchemaIsMadeCleanedAndUndone(Path data) throws SQLException {
        String[] other = {"--schema", "other"};
        assertThat(db(data, "status", "--exit-code", other[0], other[1]).code()).isEqualTo(4);
        assertThat(db(data, "migrate", other[0], other[1]).out()).contains("is at version 2, up to date (2 applied)");

        EmbeddedPostgres.Address postgres =
                EmbeddedPostgres.running(data.resolve("postgres")).orElseThrow();
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement sql = connection.createStatement()) {
            sql.execute(
                    "INSERT INTO other.accepted_submissions VALUES ('2020-01-01', 'acme', 0, 1), ('2020-01-02', 'acme', 0, 1)");
            sql.execute("SET search_path = other");
            sql.execute("SELECT make_daily_partition('event_outcomes', '2020-01-01')");
        }
        Said dry = db(data, "cleanup", "--dry-run", other[0], other[1]);
        assertThat(dry.out().replaceAll(" +", " "))
                .contains("event_outcomes event_outcomes_p20200101 0", "accepted_submissions rows 2", "dry run");
        Said cleaned = db(data, "cleanup", "--json", other[0], other[1]);
        assertThat(cleaned.code()).isZero();
        assertThat(cleaned.out()).contains("\"left\" : [ ]", "\"rows\" : 2");
        assertThat(db(data, "cleanup", other[0], other[1]).out()).contains("nothing is past its time");

        assertThat(db(data, "rollback", "--yes", other[0], other[1]).out())
                .contains("undone   2  the control plane", "is at version 1, 1 pending");
        Said last = db(data, "rollback", "--yes", other[0], other[1]);
        assertThat(last.code()).isEqualTo(1);
        assertThat(last.err()).contains("say --to 0 if the books are to be dropped");
        assertThat(db(data, "rollback", "--to", "0", "--yes", other[0], other[1])
                        .out())
                .contains("undone   1  the books");
    }

    @Test
    void aBusyPortIsNamedBeforeAnythingStarts(@TempDir Path data) throws Exception {
        int base = TollgateProcess.freePortBase();
        try (ServerSocket taken = new ServerSocket(base + 4, 1, InetAddress.getLoopbackAddress());
                TollgateProcess process = TollgateProcess.start(data, base)) {
            assertThat(process.awaitExit(STOP)).isEqualTo(1);
            assertThat(process.output())
                    .contains("port " + taken.getLocalPort() + " (wanted for Kafka) is in use")
                    .contains("--port-base")
                    .doesNotContain("up      ");
        }
    }

    private static TollgateClient client(TollgateProcess process) throws Exception {
        return new TollgateClient(process.gateway(), process.usageApi(), process.adminToken());
    }

    private static String event(String id, Instant time) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"up-it\",\"type\":\"tollgate.usage.v1\","
                + "\"subject\":\"user-1\",\"time\":\"" + time
                + "\",\"data\":{\"provider\":\"openai\",\"model\":\"gpt-5\","
                + "\"dimensions\":{\"input\":1000}}}";
    }

    /** The day's requests and cost. */
    private static List<String> totals(TollgateClient client, Instant time) throws Exception {
        Instant day = time.truncatedTo(ChronoUnit.DAYS);
        JsonNode rows = client.read("/v1/stats?from=" + day + "&to=" + day.plus(1, ChronoUnit.DAYS)
                        + "&window=day&group_by=company")
                .path("rows");
        return rows.isEmpty()
                ? List.of()
                : List.of(
                        rows.get(0).path("requests").asString(),
                        rows.get(0).path("cost").asString());
    }
}
