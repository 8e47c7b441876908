package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.standalone.MeteringRun.Batch;
import io.tollgate.standalone.oracle.TestLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The run of {@link WholePathIT} with broker, registry and all four services killed at once in the middle of it. Its
 * PostgreSQL is left behind as an orphan, as {@code kill -9} leaves it. {@code KillIT} kills one after the other.
 */
class WholePathKillIT {
    private static final int EVENTS = 10_000;
    private static final Duration START = Duration.ofMinutes(2);

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void killingAllOfItAndSendingAgainWhatWasNotAcknowledgedChangesNoDigit(@TempDir Path data) throws Exception {
        System.out.println("WholePathKillIT seed " + seed);
        TestLoad load = new TestLoad(seed, EVENTS, Instant.now());
        MeteringRun run = new MeteringRun(load);
        int base = TollgateProcess.freePortBase();
        List<Batch> unacknowledged;
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try (TollgateProcess first = TollgateProcess.start(data, base).awaitReady(START)) {
            TollgateClient client = client(first);
            run.configure(client);
            assertThat(run.send(client, MeteringRun.batches(load.beforeTheChange())))
                    .isEmpty();
            run.changePrices(client);
            long before = run.acknowledged();
            Future<List<Batch>> sending =
                    sender.submit(() -> run.send(client, MeteringRun.batches(load.afterTheChange())));
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> run.acknowledged() > before + EVENTS / 4);
            first.kill();
            unacknowledged = sending.get();
            assertThat(unacknowledged).describedAs("killed in the middle").isNotEmpty();

            try (TollgateProcess second = TollgateProcess.start(data, base).awaitReady(START);
                    PostgresBooks books = second.books()) {
                assertThat(run.send(client(second), unacknowledged)).isEmpty();
                JsonNode balance = run.awaitSettled(client(second), run.acknowledged());

                assertThat(balance.get("drift").asLong(-1))
                        .describedAs("%s", balance)
                        .isZero();
                run.assertBooks(books);
                assertThat(books.count("event_outcomes WHERE outcome = 'conflict'"))
                        .isZero();
                run.assertOracle(second.endpoints(), data);
            }
        } finally {
            sender.shutdownNow();
        }
    }

    private static TollgateClient client(TollgateProcess process) throws Exception {
        return new TollgateClient(process.gateway(), process.usageApi(), process.adminToken());
    }
}
