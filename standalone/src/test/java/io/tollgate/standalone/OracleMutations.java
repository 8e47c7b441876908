package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.oracle.Check;
import io.tollgate.oracle.Deployment;
import io.tollgate.oracle.Oracle;
import io.tollgate.oracle.Verdict;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.client.Endpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Whether the oracle sees what is wrong: books that hold are spoilt in a copy, one row for each check, and each check must
 * report its own row and nothing else. The copy is a schema of views; only what is spoilt is a table.
 */
final class OracleMutations {
    private static final String COPY = "spoilt";
    private static final List<String> TABLES = List.of(
            "cost_calculations",
            "event_outcomes",
            "dead_letters",
            "accepted_submissions",
            "usage_stats",
            "usage_stats_intraday",
            "quota_states",
            "quota_resets",
            "cost_alerts",
            "sink_progress");

    private static final String ONE = " WHERE ctid = (SELECT ctid FROM %1$s %2$s LIMIT 1)";
    private static final String AGAIN = "INSERT INTO %1$s SELECT * FROM %1$s LIMIT 1";
    /** An alert of a rule that has resolved none in its window: else the resolution has one too many before it as well. */
    private static final String ALERT_AGAIN =
            "INSERT INTO %1$s SELECT * FROM %1$s raised WHERE NOT EXISTS (SELECT FROM %1$s resolved WHERE resolved.resolved"
                    + " AND resolved.rule = raised.rule AND resolved.window_start = raised.window_start) LIMIT 1";

    /** That a window ended in which something was used, of a quota that is to be named. */
    private static final String A_RESET =
            "INSERT INTO %1$s SELECT gen_random_uuid(), company, %2$s, user_id, auth_id, '2001-01-01', '2001-01-02', 0,"
                    + " null, metric, currency, 1, quota_limit, false, 1, now() FROM tollgate.quota_states LIMIT 1";

    private static final String A_BIT = "0.000000000000000000000001";

    private final Endpoints at;
    private final Path sent;

    OracleMutations(Endpoints at, Path sent) {
        this.at = at;
        this.sent = sent;
    }

    /**
     * One row that is spoilt.
     *
     * @param which one: an SQL condition, where the statement leaves it open
     */
    private record Spoilt(String table, String sql, String which) {}

    void assertAllAreSeen() throws Exception {
        String never =
                """
                {"company":"acme","source":"s","id":"never-arrived","kind":"usage","acknowledged":true}""";
        assertSeen(
                0,
                List.of(never),
                Map.of(
                        "cost_calculations", 1,
                        "event_outcomes", 1,
                        "usage_stats", 1,
                        "usage_stats_intraday", 1,
                        "accepted_submissions", 1,
                        "quota_states", 1,
                        "cost_alerts", 2,
                        "dead_letters", 1,
                        "sink_lag", 1,
                        "sent_in_events", 1),
                new Spoilt("cost_calculations", "UPDATE %1$s SET cost = cost + " + A_BIT + ONE, "WHERE cost <> 0"),
                new Spoilt(
                        "event_outcomes", "UPDATE %1$s SET outcome = 'conflict'" + ONE, "WHERE outcome = 'duplicate'"),
                new Spoilt("usage_stats", "UPDATE %1$s SET list_cost = list_cost - " + A_BIT + ONE, ""),
                new Spoilt("usage_stats_intraday", "DELETE FROM %1$s" + ONE, ""),
                new Spoilt("accepted_submissions", "UPDATE %1$s SET submissions = submissions + 1" + ONE, ""),
                new Spoilt("quota_states", "UPDATE %1$s SET used = used + " + A_BIT + ONE, ""),
                // Its id is there twice, and its crossing was told twice.
                new Spoilt("cost_alerts", ALERT_AGAIN, ""),
                new Spoilt(
                        "dead_letters",
                        "INSERT INTO %1$s VALUES ('usage.events', 0, 0, 'unreadable', '', now(), null, null, null, null, now())",
                        ""),
                new Spoilt(
                        "sink_progress",
                        "UPDATE %1$s SET next_offset = next_offset - 10" + ONE,
                        "WHERE topic = 'usage.rated' AND next_offset > 10"));
        assertSeen(
                1,
                List.of(),
                Map.of(
                        "cost_calculations", 1,
                        "event_outcomes", 1,
                        "usage_stats", 1,
                        "usage_stats_intraday", 1,
                        "acknowledged_has_a_place", 1,
                        "quota_states", 1,
                        "never_sent", 1),
                // One more of what is there already: no place is missing for it.
                new Spoilt("cost_calculations", AGAIN, ""),
                new Spoilt("event_outcomes", "DELETE FROM %1$s" + ONE, "WHERE outcome = 'duplicate'"),
                new Spoilt("usage_stats", AGAIN, ""),
                new Spoilt(
                        "usage_stats_intraday",
                        "UPDATE %1$s SET latency_histogram[3] = latency_histogram[3] + 1" + ONE,
                        ""),
                new Spoilt("quota_states", "DELETE FROM %1$s" + ONE, "WHERE used > 0 AND window_end > now()"));
        assertSeen(
                0,
                List.of(),
                Map.of("cost_calculations", 1, "acknowledged_has_a_place", 1, "quota_resets", 1, "understood", 1),
                new Spoilt("cost_calculations", "DELETE FROM %1$s" + ONE, "WHERE state = 'rated' AND kind = 'usage'"),
                new Spoilt("quota_resets", A_RESET, "quota"),
                new Spoilt("quota_resets", A_RESET, "'a-quota-that-is-none'"));
    }

    /** What has been written and not committed, and what nobody has read. */
    void assertWhatIsNotSettledIsSeen() throws Exception {
        assertThat(unsettled(MeteringRun.deployment(at, "tollgate"))).isEmpty();
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                at.kafka(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "left-open");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(Topics.USAGE_INBOX.name(), new byte[0]))
                    .get();
            assertThat(unsettled(MeteringRun.deployment(at, "tollgate"))).containsExactly("open_transactions");
            producer.abortTransaction();
        }
        assertThat(unsettled(MeteringRun.deployment(at, "tollgate", "a-group-that-has-read-nothing")))
                .containsExactly("streams_lag");
    }

    private static List<String> unsettled(Deployment where) throws Exception {
        return Oracle.settled(where).checks().stream()
                .filter(check -> !check.holds())
                .map(Check::name)
                .toList();
    }

    /**
     * Demands these differences and no others.
     *
     * @param hushed so many lines of what was sent are left out
     * @param lies lines that are said besides
     */
    private void assertSeen(int hushed, List<String> lies, Map<String, Integer> differing, Spoilt... spoilt)
            throws Exception {
        spoil(spoilt);
        List<String> lines = new ArrayList<>(Files.readAllLines(sent));
        lines.subList(0, hushed).clear();
        lines.addAll(lies);
        Path file = Files.write(sent.resolveSibling("lies.ndjson"), lines);
        Verdict verdict = Oracle.check(MeteringRun.deployment(at, COPY), file);

        Map<String, Integer> found = new TreeMap<>();
        for (Check check : verdict.checks()) {
            if (!check.holds()) {
                found.put(check.name(), (int) check.differing());
            }
        }
        assertThat(found).describedAs("%s", verdict.toJson()).isEqualTo(differing);
    }

    private void spoil(Spoilt... spoilt) throws SQLException {
        try (Connection owner =
                        DriverManager.getConnection(at.postgresUrl(), at.postgresUser(), at.postgresPassword());
                Statement statement = owner.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + COPY + " CASCADE");
            statement.execute("CREATE SCHEMA " + COPY);
            for (String table : TABLES) {
                boolean isSpoilt =
                        List.of(spoilt).stream().anyMatch(one -> one.table().equals(table));
                String kind = isSpoilt ? "TABLE " : "VIEW ";
                statement.execute("CREATE " + kind + COPY + "." + table + " AS SELECT * FROM tollgate." + table);
            }
            for (Spoilt one : spoilt) {
                String sql = one.sql().formatted(COPY + "." + one.table(), one.which());
                assertThat(statement.executeUpdate(sql)).describedAs(sql).isEqualTo(1);
            }
        }
    }
}
