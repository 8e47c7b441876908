package io.tollgate.sink.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.sink.SinkStack;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.database.DatabaseSettings;
import io.tollgate.sink.migration.Migrations;
import io.tollgate.sink.progress.ExactlyOnceTransaction.Ending;
import io.tollgate.sink.progress.ExactlyOnceTransaction.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExactlyOnceTransactionIT {
    private static final TopicIdentity LOG = new TopicIdentity("usage.rated", "cluster", "topic");
    private static final List<Advance> FIRST_BATCH = List.of(new Advance(1, 0, 500), new Advance(0, 0, 300));

    private final SinkStack stack = SinkStack.shared();
    private HikariDataSource pool;
    private ExactlyOnceTransaction transaction;

    @BeforeEach
    void open() throws SQLException {
        pool = Database.pool(new DatabaseSettings(
                stack.postgres.jdbcUrl(), stack.postgres.user(), stack.postgres.password(), "once", "once", 4));
        try (Connection connection = stack.postgres.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("DROP SCHEMA IF EXISTS once CASCADE");
        }
        new Migrations(pool, "once").migrate();
        try (Connection connection = pool.getConnection()) {
            Progress.start(connection, LOG, 0, 0);
            Progress.start(connection, LOG, 1, 0);
            connection.commit();
        }
        transaction = new ExactlyOnceTransaction(pool);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static void row(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(
                    "INSERT INTO dead_letters SELECT 't', 0, count(*), 'c', 'd', now(), null, null, null, null, now()"
                            + " FROM dead_letters");
        }
    }

    private String rows() {
        return stack.query("SELECT count(*) FROM once.dead_letters");
    }

    @Test
    void aBatchThatComesAgainIsNotWrittenAgain() throws SQLException {
        Work work = ExactlyOnceTransactionIT::row;

        assertThat(transaction.run(LOG, FIRST_BATCH, work)).isEqualTo(Ending.COMMITTED);
        assertThat(transaction.run(LOG, FIRST_BATCH, work)).isEqualTo(Ending.OUTRUN);

        assertThat(rows()).isEqualTo("1");
        assertThat(stack.query("SELECT string_agg(next_offset::text, ',' ORDER BY partition) FROM once.sink_progress"))
                .isEqualTo("300,500");
    }

    @Test
    void oneOutrunPartitionTakesTheWholeBatchBack() throws SQLException {
        transaction.run(LOG, List.of(new Advance(1, 0, 10)), ExactlyOnceTransactionIT::row);

        assertThat(transaction.run(LOG, FIRST_BATCH, ExactlyOnceTransactionIT::row))
                .isEqualTo(Ending.OUTRUN);

        assertThat(rows()).isEqualTo("1");
        assertThat(stack.query("SELECT string_agg(next_offset::text, ',' ORDER BY partition) FROM once.sink_progress"))
                .isEqualTo("0,10");
    }

    @Test
    void aZombieThatWakesUpInTheMiddleOfItsBatchWritesNothingAndHoldsUpNobody() throws Exception {
        CountDownLatch hasWritten = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CompletableFuture<Ending> zombie = CompletableFuture.supplyAsync(() -> {
            try {
                return transaction.run(LOG, FIRST_BATCH, connection -> {
                    insert(connection, "zombie");
                    hasWritten.countDown();
                    await(mayGoOn);
                });
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        hasWritten.await();

        assertThat(transaction.run(LOG, FIRST_BATCH, connection -> insert(connection, "successor")))
                .isEqualTo(Ending.COMMITTED);
        mayGoOn.countDown();

        assertThat(zombie.join()).isEqualTo(Ending.OUTRUN);
        assertThat(stack.query("SELECT string_agg(code, ',') FROM once.dead_letters"))
                .isEqualTo("successor");
    }

    private static void insert(Connection connection, String who) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute("INSERT INTO dead_letters VALUES ('" + who + "', 0, 0, '" + who
                    + "', 'd', now(), null, null, null, null, now())");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anotherTopicOfTheSameNameMovesNothing() throws SQLException {
        TopicIdentity recreated = new TopicIdentity("usage.rated", "cluster", "other");

        assertThat(transaction.run(recreated, FIRST_BATCH, ExactlyOnceTransactionIT::row))
                .isEqualTo(Ending.OUTRUN);

        assertThat(rows()).isEqualTo("0");
    }

    @Test
    void workThatFailsLeavesNothingBehind() {
        assertThatThrownBy(() -> transaction.run(LOG, FIRST_BATCH, connection -> {
                    row(connection);
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");

        assertThat(rows()).isEqualTo("0");
    }
}
