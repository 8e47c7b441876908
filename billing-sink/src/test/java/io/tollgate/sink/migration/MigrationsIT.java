package io.tollgate.sink.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.sink.SinkStack;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.database.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way forth and back through every version of the schema. */
class MigrationsIT {
    private static final String SCHEMA = "versions";

    private final SinkStack stack = SinkStack.shared();
    private HikariDataSource owner;
    private Migrations migrations;
    private Rollback rollback;

    @BeforeEach
    void open() {
        stack.execute("DROP SCHEMA IF EXISTS versions CASCADE");
        owner = stack.owner(SCHEMA);
        migrations = new Migrations(owner, SCHEMA);
        rollback = new Rollback(owner, SCHEMA);
    }

    @AfterEach
    void close() {
        owner.close();
    }

    private String data() {
        return Catalogue.rows(stack, SCHEMA);
    }

    private int newest() {
        List<Version> all = migrations.list();
        return all.get(all.size() - 1).number();
    }

    @Test
    void eachVersionIsUndoneToTheLetterAndLeavesOlderRowsAlone() throws SQLException {
        int newest = newest();
        assertThat(newest).isGreaterThan(1);
        migrations.migrateTo(1);
        fillTheFirstVersion();
        for (int version = 1; version < newest; version++) {
            String catalogue = Catalogue.of(stack, SCHEMA);
            String rows = data();
            assertThat(rows).contains("kept-1", "kept-2", "kept-3");
            migrations.migrateTo(version + 1);
            assertThat(Catalogue.of(stack, SCHEMA))
                    .as("version %d", version + 1)
                    .isNotEqualTo(catalogue);
            // As a sink of the newer version would: what it alone reads.
            stack.execute("INSERT INTO versions.sink_progress VALUES ('config.keys', 0, 7, 'c', 't')");

            List<Version> undone = rollback.to(version, false);

            assertThat(undone).singleElement().returns(version + 1, Version::number);
            assertThat(Catalogue.of(stack, SCHEMA)).isEqualTo(catalogue);
            assertThat(data()).isEqualTo(rows);
            assertThat(Migrations.current(migrations.list())).isEqualTo(version);
            migrations.migrateTo(version + 1);
        }
    }

    @Test
    void allOfItCanBeUndoneAndMadeAnew() throws SQLException {
        migrations.migrate();
        String catalogue = Catalogue.of(stack, SCHEMA);

        assertThat(rollback.to(0, false)).extracting(Version::number).containsExactly(2, 1);

        assertThat(stack.query("SELECT string_agg(relname, ',') FROM pg_class WHERE relkind IN ('r', 'v', 'p')"
                        + " AND relnamespace = 'versions'::regnamespace"))
                .isEqualTo("flyway_schema_history");
        assertThat(migrations.migrate()).isEqualTo(newest());
        assertThat(Catalogue.of(stack, SCHEMA)).isEqualTo(catalogue);
    }

    private void fillTheFirstVersion() {
        stack.execute("INSERT INTO versions.accepted_submissions VALUES ('2026-11-21', 'kept-1', 0, 12)");
        stack.execute(
                "INSERT INTO versions.dead_letters VALUES ('t', 0, 1, 'c', 'kept-2', now(), NULL, NULL, NULL, '\\x00',"
                        + " now())");
        stack.execute("INSERT INTO versions.event_outcomes (booked_on, events_partition, events_offset, booked_at,"
                + " event_hash, company, source, event_id, submission, outcome, revision) VALUES ('2026-11-21', 0, 0, now(),"
                + " gen_random_uuid(), 'kept-3', 'b', 'c', 'void', 'applied', 1)");
        stack.execute("INSERT INTO versions.sink_progress VALUES ('usage.rated', 0, 7, 'c', 't')");
    }

    @Test
    void aSinkThatIsConnectedIsNotPulledTheTablesFromUnder() throws SQLException {
        migrations.migrate();
        try (HikariDataSource sink = Database.pool(new DatabaseSettings(
                        stack.postgres.jdbcUrl(),
                        stack.postgres.user(),
                        stack.postgres.password(),
                        SCHEMA,
                        Database.sinkOf(SCHEMA),
                        1));
                Connection connection = sink.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
            connection.rollback();
            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(() -> rollback.to(1, false))
                    .withMessageContaining("billing-sink is connected to versions")
                    .withMessageContaining("--force");
            assertThat(Migrations.current(migrations.list())).isEqualTo(newest());

            rollback.to(1, true);

            assertThat(Migrations.current(migrations.list())).isEqualTo(1);
        }
    }

    @Test
    void aRollbackAndAMigrationKeepOutOfEachOthersWay() {
        AtomicReference<String> refused = new AtomicReference<>();
        migrations
                .configuration()
                .callbacks(new WhileMigrating(() -> {
                    try {
                        rollback.to(0, false);
                    } catch (SQLException | SchemaException e) {
                        refused.compareAndSet(null, e.getMessage());
                    }
                }))
                .load()
                .migrate();

        assertThat(refused.get()).contains("a migration of versions is running");
    }

    private record WhileMigrating(Runnable work) implements Callback {
        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            work.run();
        }

        @Override
        public String getCallbackName() {
            return "while migrating";
        }
    }

    @Test
    void aVersionOfALaterProgramIsLeftToIt() {
        migrations.migrate();
        stack.execute(
                "INSERT INTO versions.flyway_schema_history (installed_rank, version, description, type, script,"
                        + " installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, true)");

        assertThat(migrations.list()).last().returns(99, Version::number).returns(Version.UNKNOWN, Version::state);
        migrations.requireCurrent();
        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(() -> rollback.to(1, false))
                .withMessageContaining("version 99, which this program does not know");
    }

    @Test
    void anOlderSchemaIsRefusedWithAWayOut() {
        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(migrations::requireCurrent)
                .withMessageContaining("is at version 0");
        migrations.migrateTo(1);
        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(migrations::requireCurrent)
                .withMessageContaining("is at version 1 and this program needs version " + newest())
                .withMessageContaining("./tollgate db migrate");
        migrations.migrate();
        migrations.requireCurrent();
        assertThat(migrations.list())
                .allSatisfy(version -> assertThat(version.installedBy()).isEqualTo(stack.postgres.user()))
                .extracting(Version::description)
                .startsWith("the books", "the control plane");
    }
}
