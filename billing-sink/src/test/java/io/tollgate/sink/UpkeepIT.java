package io.tollgate.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.database.DatabaseSettings;
import io.tollgate.sink.migration.Migrations;
import io.tollgate.sink.partition.DailyPartitions;
import io.tollgate.sink.partition.DailyTable;
import io.tollgate.sink.retention.OldRows;
import io.tollgate.sink.stats.RollUps;
import io.tollgate.sink.upkeep.Upkeep;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class UpkeepIT {
    private static final Duration KEPT = Duration.ofDays(120);

    private final SinkStack stack = SinkStack.shared();
    private HikariDataSource pool;

    @BeforeEach
    void migrate() throws SQLException {
        execute("DROP SCHEMA IF EXISTS upkeep CASCADE");
        pool = Database.pool(new DatabaseSettings(
                stack.postgres.jdbcUrl(), stack.postgres.user(), stack.postgres.password(), "upkeep", "upkeep", 4));
        new Migrations(pool, "upkeep").migrate();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = stack.postgres.connect();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private String rows(String table) {
        return stack.query("SELECT count(*) FROM upkeep." + table);
    }

    /** A row of the day so many days ago in every table that is aged. */
    private void rowsOf(int daysAgo) throws SQLException {
        String day = "(now() - interval '" + daysAgo + " days')";
        execute("INSERT INTO upkeep.accepted_submissions VALUES (" + day + "::date, 'aged', " + daysAgo + ", 1)");
        execute("INSERT INTO upkeep.dead_letters VALUES ('aged', 0, " + daysAgo + ", 'c', 'd', " + day
                + ", NULL, NULL, NULL, NULL, " + day + ")");
        execute("INSERT INTO upkeep.quota_resets VALUES (gen_random_uuid(), 'aged', 'q', NULL, NULL, " + day + ", "
                + day + ", 0, NULL, 'cost', 'USD', 1, 2, false, 1, " + day + ")");
        execute("INSERT INTO upkeep.cost_alerts VALUES ('alert-" + daysAgo + "', 'r', 'spend', false, 1, false, 'aged',"
                + " NULL, NULL, NULL, NULL, NULL, 'cost', 'USD', 1, 2, NULL, NULL, " + day + ", " + day + ", '{ops}', "
                + day + ")");
        execute("INSERT INTO upkeep.alert_deliveries (id, alert_id, webhook, company, state) VALUES ('msg_" + daysAgo
                + "', 'alert-" + daysAgo + "', 'ops', 'aged', 'delivered')");
        execute("INSERT INTO upkeep.alert_delivery_attempts VALUES ('msg_" + daysAgo + "', " + day + ", 5, 200, NULL)");
        String totals = "'aged', NULL, NULL, 'p', 'm', NULL, '{}', NULL, 1, 1, 0, 0, '{}', 1, 0, 0, '{}', 1)";
        execute("INSERT INTO upkeep.usage_stats VALUES (gen_random_uuid(), " + day + "::date, " + totals);
        execute("INSERT INTO upkeep.usage_stats_intraday VALUES (gen_random_uuid(), " + day + ", " + totals);
    }

    @Test
    void aTableThatCantBeSeenToKeepsNoOtherFromItsTurn() throws SQLException {
        rowsOf(130);
        execute("ALTER TABLE upkeep.cost_calculations RENAME TO away");
        execute("ALTER TABLE upkeep.dead_letters RENAME TO away_too");
        Clock clock = Clock.systemUTC();

        new Upkeep(
                        List.of(
                                new DailyPartitions(pool, clock, new DailyTable("cost_calculations", KEPT)),
                                new DailyPartitions(pool, clock, new DailyTable("event_outcomes", KEPT))),
                        List.of(
                                new OldRows(pool, clock, "dead_letters", "recorded_at", KEPT),
                                new OldRows(pool, clock, "usage_stats_intraday", "window_start", KEPT)),
                        new RollUps(pool, clock))
                .run();

        assertThat(stack.query("SELECT count(*) FROM pg_inherits WHERE inhparent = 'upkeep.event_outcomes'::regclass"))
                .isEqualTo("10");
        assertThat(rows("usage_stats_intraday")).isEqualTo("0");
        assertThat(rows("usage_stats_by_model")).isEqualTo("1");
    }

    @Test
    void aSinkDeletesWhatIsPastItsTimeAndKeepsTheDaysForEver() throws SQLException {
        rowsOf(74);
        rowsOf(130);
        rowsOf(399);
        rowsOf(402);
        try (ConfigurableApplicationContext sink = stack.startOwner(
                "upkeep",
                "--tollgate.intraday-kept=120d",
                "--tollgate.outcomes-kept=75d",
                "--tollgate.alerts-kept=100d")) {
            assertThat(sink.isRunning()).isTrue();
            stack.awaitQuery("SELECT count(*) FROM upkeep.usage_stats_intraday WHERE company = 'aged'", "1");
            stack.awaitQuery("SELECT count(*) FROM upkeep.cost_alerts WHERE company = 'aged'", "1");
            assertThat(rows("quota_resets WHERE company = 'aged'")).isEqualTo("3");
            assertThat(rows("alert_deliveries WHERE company = 'aged'")).isEqualTo("1");
            assertThat(rows("alert_delivery_attempts WHERE delivery_id IN ('msg_74', 'msg_130', 'msg_399', 'msg_402')"))
                    .isEqualTo("1");
            assertThat(rows("accepted_submissions WHERE company = 'aged'")).isEqualTo("1");
            assertThat(rows("dead_letters WHERE origin_topic = 'aged'")).isEqualTo("3");
            assertThat(rows("usage_stats WHERE company = 'aged'")).isEqualTo("4");
        }
    }
}
