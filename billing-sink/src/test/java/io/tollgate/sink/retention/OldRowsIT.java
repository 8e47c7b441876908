package io.tollgate.sink.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.sink.SinkStack;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.database.DatabaseSettings;
import io.tollgate.sink.migration.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OldRowsIT {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final Clock CLOCK = Clock.fixed(TODAY.atTime(13, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

    private final SinkStack stack = SinkStack.shared();
    private HikariDataSource pool;

    @BeforeEach
    void migrate() throws SQLException {
        pool = Database.pool(new DatabaseSettings(
                stack.postgres.jdbcUrl(), stack.postgres.user(), stack.postgres.password(), "aged", "aged", 4));
        try (Connection connection = stack.postgres.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("DROP SCHEMA IF EXISTS aged CASCADE");
        }
        new Migrations(pool, "aged").migrate();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** Submissions of each of the last ten days, seven companies a day. */
    private void tenDaysOfSubmissions() throws SQLException {
        execute("INSERT INTO accepted_submissions SELECT date '" + TODAY + "' - day, 'c' || company, 0, 1"
                + " FROM generate_series(0, 9) day, generate_series(1, 7) company");
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
            connection.commit();
        }
    }

    private OldRows submissions(int batch) {
        return new OldRows(pool, CLOCK, "accepted_submissions", "booked_on", Duration.ofDays(3), batch);
    }

    @Test
    void onlyWhatIsPastItsTimeGoesHoweverSmallTheBatches() throws SQLException {
        for (int batch : new int[] {4, 6, 7, 1_000}) {
            execute("TRUNCATE accepted_submissions");
            tenDaysOfSubmissions();

            submissions(batch).delete();

            assertThat(stack.query("SELECT min(booked_on) || ' ' || count(*) FROM aged.accepted_submissions"))
                    .as("batches of %d", batch)
                    .isEqualTo(TODAY.minusDays(3) + " 28");
        }
    }

    @Test
    void theDaysAreOfUtcWhateverTheServersTimeZone() throws SQLException {
        execute("ALTER ROLE CURRENT_USER SET timezone = 'Pacific/Auckland'");
        try {
            String letter =
                    "INSERT INTO dead_letters VALUES ('t', 0, %d, 'c', 'd', now(), NULL, NULL, NULL, NULL, '%s')";
            execute(letter.formatted(1, TODAY.minusDays(3) + " 00:00:00+00"));
            execute(letter.formatted(2, TODAY.minusDays(4) + " 23:59:59+00"));

            new OldRows(pool, CLOCK, "dead_letters", "recorded_at", Duration.ofDays(3)).delete();

            assertThat(stack.query("SELECT string_agg(origin_offset::text, ',') FROM aged.dead_letters"))
                    .isEqualTo("1");
        } finally {
            execute("ALTER ROLE CURRENT_USER RESET timezone");
        }
    }

    @Test
    void aThreadThatIsToStopStopsBetweenBatches() throws SQLException {
        tenDaysOfSubmissions();
        Thread.currentThread().interrupt();
        try {
            submissions(4).delete();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(stack.query("SELECT count(*) FROM aged.accepted_submissions"))
                .isEqualTo("70");
    }
}
