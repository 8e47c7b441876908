package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.standalone.client.Endpoints;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The books of a second sink that begins with nothing: what docs/operations.md calls rebuilding PostgreSQL from Kafka. */
@ExtendWith(SharedStack.class)
class RebuildIT {
    private static final String COMPANY = "rebuilt";
    private static final Duration SOON = Duration.ofSeconds(60);
    /** When a row was written or rolled up, and what was tried to bring an alert to somebody, is each database's own. */
    private static final List<String> OF_THEIR_OWN = List.of(
            "sink_progress",
            "flyway_schema_history",
            "alert_deliveries",
            "alert_delivery_attempts",
            "api_key_uses",
            "usage_stats_by_month",
            "usage_stats_by_company_and_model",
            "usage_stats_by_company_model_and_month",
            "usage_stats_by_model",
            "usage_stats_by_model_and_month",
            "usage_stats_by_company",
            "usage_stats_by_company_and_month",
            "usage_stats_changes",
            "usage_stats_rolled_up");

    private static final String ROWS =
            """
            SELECT count(*), coalesce(sum(hashtextextended((to_jsonb(r) - 'recorded_at' - 'updated_at')::text, 0)::numeric), 0)
            FROM %s.%s AS r""";

    @Test
    void emptyBooksAreFilledFromKafkaWithTheSameRows(TestStack stack, @TempDir Path folder) throws Exception {
        Endpoints at = stack.endpoints();
        TollgateClient client = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
        client.putCompany(COMPANY);
        String key = client.createKey(COMPANY, List.of("ingest", "correct"));
        List<String> events = IntStream.range(0, 200)
                .mapToObj(i -> "{\"specversion\":\"1.0\",\"id\":\"r-" + i % 150
                        + "\",\"source\":\"it\",\"type\":\"tollgate.usage.v1\",\"data\":{\"provider\":\"openai\","
                        + "\"model\":\"some-model\",\"dimensions\":{\"input\":" + i % 150 + "}}}")
                .toList();
        assertThat(client.sendBatch(key, events)).isEqualTo(204);

        Map<String, String> more =
                new HashMap<>(Map.of("tollgate.schema", "rebuilt", "tollgate.group", "billing-sink-rebuilt"));
        Map<String, String> properties = ServiceProperties.with(
                ServiceProperties.streaming(
                        at.kafka(), at.registry().toString(), stack.adminToken(), DataFolder.create(folder), more),
                at.postgresUrl(),
                at.postgresUser(),
                at.postgresPassword());
        try (ConfigurableApplicationContext second = Service.SINK.launch(PortPlan.free(), properties);
                Connection database =
                        DriverManager.getConnection(at.postgresUrl(), at.postgresUser(), at.postgresPassword())) {
            assertThat(second.isRunning()).isTrue();
            await().atMost(SOON).ignoreExceptionsInstanceOf(SQLException.class).untilAsserted(() -> assertThat(
                            rows(database, "rebuilt"))
                    .hasSizeGreaterThan(8)
                    .isEqualTo(rows(database, "tollgate")));
            assertThat(rows(database, "rebuilt").get("cost_calculations")).isNotEqualTo("0 0");
            assertThat(rows(database, "rebuilt").get("event_outcomes")).isNotEqualTo("0 0");
        }
    }

    /** Number and sum of the hashes of each table's rows. */
    private static Map<String, String> rows(Connection database, String schema) throws SQLException {
        String tables =
                """
                SELECT relname FROM pg_class WHERE relnamespace = '%s'::regnamespace AND relkind IN ('r', 'p')
                AND NOT relispartition"""
                        .formatted(schema);
        Map<String, String> rows = new TreeMap<>();
        try (Statement statement = database.createStatement()) {
            for (String table : column(statement, tables)) {
                if (!OF_THEIR_OWN.contains(table)) {
                    rows.put(table, String.join("", column(statement, ROWS.formatted(schema, table))));
                }
            }
        }
        return rows;
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        try (ResultSet found = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (found.next()) {
                values.add(
                        found.getMetaData().getColumnCount() == 1
                                ? found.getString(1)
                                : found.getString(1) + " " + found.getString(2));
            }
            return values;
        }
    }
}
