package io.tollgate.sink.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.StatsKey;
import io.tollgate.sink.Records;
import io.tollgate.sink.SinkStack;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.database.DatabaseSettings;
import io.tollgate.sink.migration.Grants;
import io.tollgate.sink.migration.Migrations;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roll-ups and changes add up to {@code usage_stats}, group by group, whatever is written meanwhile. */
class RollUpsIT {
    private static final String SCHEMA = "rolled";
    private static final LocalDate FIRST = LocalDate.of(2026, 9, 20);
    private static final int DAYS = 60;
    private static final int BATCHES = 25;
    private static final int ROWS = 12;
    private static final long DAY_MICROS = 86_400_000_000L;

    private static final String FULL = "company, user_id, auth_id, provider, model, service_tier, labels, currency";
    private static final String OF_COMPANIES_AND_MODELS = "company, provider, model, service_tier, currency";
    private static final String OF_COMPANIES = "company, currency";
    private static final String OF_MODELS = "provider, model, service_tier, currency";
    private static final String DAY = "date";
    private static final String MONTH = "date_trunc('month', date)::date";

    /** How many groups, dimensions of groups and latency buckets of groups differ. */
    private static final String DIFFERENCES =
            """
            WITH signed AS (
                SELECT %2$s AS period, -1 AS sign, %3$s, %4$s FROM rolled.usage_stats
                WHERE date < (SELECT until FROM rolled.usage_stats_rolled_up)
                UNION ALL SELECT %2$s, sign, %3$s, %4$s FROM rolled.usage_stats_changes
                UNION ALL SELECT date, 1, %3$s, %4$s FROM rolled.%1$s)
            SELECT (SELECT count(*) FROM (SELECT FROM signed GROUP BY period, %3$s HAVING sum(sign * requests) <> 0
                    OR sum(sign * successes) <> 0 OR sum(sign * errors) <> 0 OR sum(sign * unpriced) <> 0
                    OR sum(sign * tokens) <> 0 OR sum(sign * cost) <> 0 OR sum(sign * list_cost) <> 0) amounts)
                + (SELECT count(*) FROM (SELECT FROM signed, jsonb_each(dimensions) GROUP BY period, %3$s, key
                    HAVING sum(sign * value::numeric) <> 0) quantities)
                + (SELECT count(*) FROM (SELECT FROM signed, unnest(latency_histogram) WITH ORDINALITY AS h (counted, bucket)
                    GROUP BY period, %3$s, bucket HAVING sum(sign * counted) <> 0) latencies)""";

    private static final String AMOUNTS =
            "requests, successes, errors, unpriced, tokens, cost, list_cost, dimensions, latency_histogram";

    private final SinkStack stack = SinkStack.shared();
    private final long seed = Long.getLong("seed", System.nanoTime());
    private HikariDataSource pool;

    @BeforeEach
    void migrate() {
        stack.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        try (HikariDataSource owner = stack.owner(SCHEMA)) {
            new Migrations(owner, SCHEMA).migrate();
        }
        pool = Database.pool(new DatabaseSettings(
                stack.postgres.jdbcUrl(),
                stack.roleWith(Grants.SINK, SCHEMA),
                stack.postgres.password(),
                SCHEMA,
                SCHEMA,
                4));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** As a sink would, of rows that no other thread writes: each has its own key. */
    private void write(int number) throws SQLException {
        Random random = new Random(seed + number);
        StatsWriter writer = new StatsWriter(stack.codecs.stats());
        Map<Integer, Long> versions = new HashMap<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Received<UsageStats>> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                UsageStats row = row(random, number);
                int key = Arrays.hashCode(StatsKey.of(row));
                // Now and then one that has been overtaken.
                row.setVersion(versions.merge(key, 1L, Long::sum) - random.nextInt(8) / 7);
                rows.add(new Received<>(new ConsumerRecord<>("usage.stats", 0, 0, StatsKey.of(row), new byte[0]), row));
            }
            try (Connection connection = pool.getConnection()) {
                writer.write(connection, rows);
                connection.commit();
            }
        }
    }

    private static UsageStats row(Random random, int number) {
        String cost = BigDecimal.valueOf(random.nextInt(10_000) - 300, 31).toPlainString();
        UsageStats row = Records.stats("shared", Granularity.DAY, 1 + random.nextInt(9), cost);
        row.setWindowStart((FIRST.toEpochDay() + random.nextInt(DAYS)) * DAY_MICROS);
        row.setUser(random.nextInt(5) == 0 ? null : "user-" + number + "-" + random.nextInt(3));
        row.setAuthId("key-" + number);
        row.setModel("model-" + random.nextInt(2));
        row.setServiceTier(random.nextBoolean() ? null : "batch");
        row.setCurrency(random.nextInt(6) == 0 ? null : "USD");
        row.setErrors(random.nextInt(3));
        row.setUnpriced(random.nextInt(3) - 1);
        row.setTokens(Records.exact(random.nextInt(1_000) + ".125"));
        if (random.nextInt(3) == 0) {
            row.setDimensions(List.of());
        } else {
            row.setDimensions(List.of(
                    new DimensionQuantity("input", Records.exact(random.nextInt(99) + ".5")),
                    new DimensionQuantity("d" + random.nextInt(3), Records.exact("" + random.nextInt(99)))));
        }
        if (random.nextInt(3) == 0) {
            row.setLatencyHistogram(List.of());
        }
        return row;
    }

    private void rollUp(LocalDate last) throws SQLException {
        Clock clock = Clock.fixed(last.plusDays(1).atTime(9, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        new RollUps(pool, clock).run();
    }

    private String differences(String table, String period, String columns) {
        return stack.query(DIFFERENCES.formatted(table, period, columns, AMOUNTS));
    }

    private void assertEqualSums() {
        assertEqualSums("usage_stats_by_month", MONTH, FULL);
        assertEqualSums("usage_stats_by_company_and_model", DAY, OF_COMPANIES_AND_MODELS);
        assertEqualSums("usage_stats_by_company_model_and_month", MONTH, OF_COMPANIES_AND_MODELS);
        assertEqualSums("usage_stats_by_model", DAY, OF_MODELS);
        assertEqualSums("usage_stats_by_model_and_month", MONTH, OF_MODELS);
        assertEqualSums("usage_stats_by_company", DAY, OF_COMPANIES);
        assertEqualSums("usage_stats_by_company_and_month", MONTH, OF_COMPANIES);
    }

    private void assertEqualSums(String table, String period, String columns) {
        assertThat(differences(table, period, columns))
                .as("%s, seed %d", table, seed)
                .isEqualTo("0");
    }

    private String rows(String table) {
        return stack.query("SELECT count(*) FROM " + SCHEMA + "." + table);
    }

    @Test
    void whateverIsWrittenWhileDaysAreRolledUpTheSumsAreEqualAtAnyMoment() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int number = 0; number < 2; number++) {
                int own = number;
                work.add(threads.submit(() -> {
                    write(own);
                    return null;
                }));
            }
            work.add(threads.submit(() -> {
                for (int day = 5; day < DAYS; day += 9) {
                    rollUp(FIRST.plusDays(day));
                }
                return null;
            }));
            while (work.stream().anyMatch(task -> !task.isDone())) {
                assertEqualSums();
            }
            for (Future<?> task : work) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEqualSums();
        assertThat(rows("usage_stats_by_model")).isNotEqualTo("0");

        rollUp(FIRST.plusDays(DAYS));
        assertEqualSums();
        assertThat(rows("usage_stats_changes")).isEqualTo("0");
        assertThat(stack.query("SELECT until FROM rolled.usage_stats_rolled_up"))
                .isEqualTo(stack.query("SELECT max(date) + 1 FROM rolled.usage_stats"));
    }

    @Test
    void whatIsChangedByHandIsAChangeToo() throws SQLException {
        write(0);
        rollUp(FIRST.plusDays(DAYS));
        String some = " WHERE hashtext(row_id::text) % 3 = 0";
        stack.execute("DELETE FROM rolled.usage_stats WHERE hashtext(row_id::text) % 5 = 0");
        stack.execute("UPDATE rolled.usage_stats SET cost = cost * 3, dimensions = '{\"other\": 7}'" + some);
        assertEqualSums();
        rollUp(FIRST.plusDays(DAYS));
        assertEqualSums();

        stack.execute("UPDATE rolled.usage_stats_by_model SET cost = cost + 1e-31 WHERE row_id IN"
                + " (SELECT row_id FROM rolled.usage_stats_by_model LIMIT 1)");
        assertThat(differences("usage_stats_by_model", DAY, OF_MODELS)).isEqualTo("1");

        stack.execute("TRUNCATE rolled.usage_stats");
        assertThat(rows("usage_stats_by_month")).isEqualTo("0");
    }
}
