package io.tollgate.sink.partition;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DailyPartitionsIT {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final String COUNT =
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'days.event_outcomes'::regclass";

    private final SinkStack stack = SinkStack.shared();
    private HikariDataSource pool;

    @BeforeEach
    void migrate() throws SQLException {
        pool = Database.pool(new DatabaseSettings(
                stack.postgres.jdbcUrl(), stack.postgres.user(), stack.postgres.password(), "days", "days", 10));
        try (Connection connection = stack.postgres.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("DROP SCHEMA IF EXISTS days CASCADE");
        }
        new Migrations(pool, "days").migrate();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private DailyPartitions on(LocalDate today) {
        Clock clock = Clock.fixed(today.atTime(13, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        return new DailyPartitions(pool, clock, new DailyTable("event_outcomes", Duration.ofDays(75)));
    }

    private boolean exists(LocalDate day) {
        return stack.query("SELECT to_regclass('days.event_outcomes_p"
                        + day.toString().replace("-", "") + "') IS NOT NULL")
                .equals("t");
    }

    @Test
    void yesterdayToAWeekAheadIsThere() throws SQLException {
        on(TODAY).makeAhead();

        assertThat(exists(TODAY.minusDays(2))).isFalse();
        IntStream.rangeClosed(-1, 7)
                .forEach(day -> assertThat(exists(TODAY.plusDays(day))).isTrue());
        assertThat(exists(TODAY.plusDays(8))).isFalse();
    }

    @Test
    void severalSinksMakeTheSameDaysAtOnce() {
        List<CompletableFuture<Void>> sinks = IntStream.range(0, 4)
                .mapToObj(sink -> CompletableFuture.runAsync(() -> {
                    try {
                        on(TODAY).makeAhead();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();

        sinks.forEach(CompletableFuture::join);
        assertThat(stack.query(COUNT)).isEqualTo("10");
    }

    @Test
    void onlyWhatIsPastItsRetentionIsDropped() throws SQLException {
        on(TODAY.minusDays(75)).makeAhead();

        on(TODAY).dropOld();

        assertThat(exists(TODAY.minusDays(76))).isFalse();
        assertThat(exists(TODAY.minusDays(75))).isTrue();
        assertThat(stack.query(COUNT)).isEqualTo("9");
    }

    /** Whatever another session does to one day, as long as it is open. */
    private Connection busyWith(String statement) throws SQLException {
        Connection other = pool.getConnection();
        try (Statement sql = other.createStatement()) {
            sql.execute(statement);
        }
        return other;
    }

    @Test
    void aDayThatIsBeingReadIsPassedByAndTheNextIsDropped() throws SQLException {
        on(TODAY.minusDays(75)).makeAhead();
        Connection reader = busyWith("LOCK TABLE event_outcomes_p20260906 IN ACCESS SHARE MODE");
        try {
            on(TODAY.plusDays(1)).dropOld();
        } finally {
            reader.rollback();
            reader.close();
        }
        assertThat(exists(TODAY.minusDays(76))).isTrue();
        assertThat(exists(TODAY.minusDays(75))).isFalse();

        on(TODAY.plusDays(1)).dropOld();

        assertThat(exists(TODAY.minusDays(76))).isFalse();
    }

    @Test
    void aDayThatCantBeMadeNowIsPassedByAndTheNextIsMade() throws SQLException {
        DailyPartitions partitions = on(TODAY);
        Connection other = busyWith("CREATE TABLE event_outcomes_p20261122 (booked_on date)");
        try {
            partitions.makeAhead();
        } finally {
            other.rollback();
            other.close();
        }
        assertThat(exists(TODAY.plusDays(1))).isFalse();
        assertThat(exists(TODAY.plusDays(2))).isTrue();

        partitions.makeAhead();

        assertThat(exists(TODAY.plusDays(1))).isTrue();
    }

    @Test
    void aDayWhoseRowsAreInTheDefaultPartitionAlreadyStaysThere() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("INSERT INTO event_outcomes (booked_on, events_partition, events_offset, booked_at, event_hash,"
                    + " company, source, event_id, submission, outcome, revision) VALUES ('" + TODAY
                    + "', 0, 0, now(), gen_random_uuid(), 'a', 'b', 'c', 'void', 'applied', 1)");
            connection.commit();
        }

        on(TODAY).makeAhead();

        assertThat(exists(TODAY)).isFalse();
        assertThat(exists(TODAY.plusDays(1))).isTrue();
    }

    @Test
    void aDayOutOfBoundsMakesNoTable() throws SQLException {
        on(TODAY).ensure(LocalDate.of(1970, 1, 1).toEpochDay());
        on(TODAY).ensure(LocalDate.of(9999, 1, 1).toEpochDay());

        assertThat(stack.query(COUNT)).isEqualTo("1");
    }
}
