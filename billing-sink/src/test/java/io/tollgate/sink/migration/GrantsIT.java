package io.tollgate.sink.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.sink.SinkStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the services' own roles can't do. That they can do their work is shown by every test that starts a sink. */
class GrantsIT {
    private static final SinkStack STACK = SinkStack.shared();
    private static final String NO_PRIVILEGE = "42501";
    private static String sink;
    private static String usageApi;

    @BeforeAll
    static void grant() {
        try (HikariDataSource owner = STACK.owner("granted")) {
            new Migrations(owner, "granted").migrate();
        }
        sink = STACK.roleWith(Grants.SINK, "granted");
        usageApi = STACK.roleWith(Grants.USAGE_API, "granted");
    }

    /** The SQLSTATE of a refusal; empty where it is done. */
    private static String as(String role, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        STACK.postgres.jdbcUrl() + "?currentSchema=granted", role, STACK.postgres.password());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE mine (id int)",
                "DROP TABLE companies",
                "ALTER TABLE companies ADD COLUMN mine int",
                "SELECT * FROM cost_calculations",
                "UPDATE cost_calculations SET cost = 0",
                "DELETE FROM cost_calculations",
                "TRUNCATE cost_calculations",
                "SELECT * FROM audit_logs",
                "UPDATE audit_logs SET actor_id = 'nobody'",
                "DELETE FROM audit_logs",
                "DELETE FROM usage_stats",
                "UPDATE usage_stats_by_model SET cost = 0",
                "DELETE FROM usage_stats_changes",
                "DELETE FROM sink_progress",
                "DELETE FROM flyway_schema_history",
                "SELECT make_daily_partition('companies', '2026-11-21')",
            })
    void theSinkCant(String statement) throws SQLException {
        // The last one is no question of rights: the function itself refuses.
        assertThat(as(sink, statement)).isIn(NO_PRIVILEGE, "P0001");
    }

    @Test
    void theSinkMakesAndDropsDaysWithoutOwningThem() throws SQLException {
        assertThat(as(sink, "SELECT make_daily_partition('event_outcomes', '2026-11-21')"))
                .isEmpty();
        assertThat(STACK.query("SELECT tableowner FROM pg_tables WHERE tablename = 'event_outcomes_p20261121'"
                        + " AND schemaname = 'granted'"))
                .isEqualTo(STACK.postgres.user());
        assertThat(as(sink, "DROP TABLE event_outcomes_p20261121")).isEqualTo(NO_PRIVILEGE);
        assertThat(as(sink, "SELECT drop_daily_partition('event_outcomes', '2026-11-21')"))
                .isEmpty();
        assertThat(as(usageApi, "SELECT make_daily_partition('event_outcomes', '2026-11-21')"))
                .isEqualTo(NO_PRIVILEGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO sink_progress VALUES ('t', 0, 0, 'c', 'i')",
                "UPDATE usage_stats SET cost = 0",
                "DELETE FROM dead_letters",
                "TRUNCATE cost_alerts",
                "CREATE TABLE mine (id int)",
                "SELECT * FROM api_keys",
                "SELECT secret_sha256 FROM api_keys",
                "SELECT * FROM api_key_records",
                "SELECT * FROM admins",
                "SELECT * FROM alert_deliveries",
                "SELECT * FROM flyway_schema_history",
            })
    void usageApiCant(String statement) throws SQLException {
        assertThat(as(usageApi, statement)).isEqualTo(NO_PRIVILEGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, prefix, last_used_at, usage_count FROM api_keys",
                "SELECT * FROM audit_logs",
                "SELECT * FROM cost_calculations",
                "SELECT original FROM dead_letters",
            })
    void usageApiCan(String statement) throws SQLException {
        assertThat(as(usageApi, statement)).isEmpty();
    }

    @Test
    void namesAreQuoted() {
        assertThat(Grants.USAGE_API.sql("books", "the \"api\"; DROP"))
                .contains("GRANT USAGE ON SCHEMA \"books\" TO \"the \"\"api\"\"; DROP\";");
    }
}
