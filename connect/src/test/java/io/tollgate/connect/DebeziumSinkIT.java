package io.tollgate.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Granularity;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The deployed configurations in a real worker: Debezium's sink as it is published, our plugin as it is built, a real
 * PostgreSQL. What was sent by the topology's own codec is in the tables to the last digit.
 */
class DebeziumSinkIT {
    private static final int MANY = 700;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final RandomUsage random = new RandomUsage(seed);

    private static ConnectStack stack;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        stack = new ConnectStack(folder);
        stack.worker.start();
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafka.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "the topology"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    @AfterAll
    static void stop() throws Exception {
        producer.close();
        stack.stop();
    }

    @Test
    void whatWasSentIsInTheTablesToTheLastDigit() throws SQLException {
        RatedUsage exact = RatedUsage.newBuilder(random.rated("digits", "exact"))
                .setCost(RandomUsage.exact("0.000000000000000000000001"))
                .setListCost(RandomUsage.exact("-12345678901234567890123456.123456789012"))
                .setTokens(RandomUsage.exact("99999999999999999999999999999999999999"))
                .setState(RatingState.RATED)
                .setEventTime(1_700_000_000_123_456L)
                .setBookedAt(1_700_006_400_000_000L)
                .build();
        RatedUsage unpriced = RatedUsage.newBuilder(random.rated("digits", "unpriced"))
                .setCost(null)
                .setListCost(null)
                .setState(RatingState.UNPRICED)
                .build();
        List<RatedUsage> sent = new ArrayList<>(List.of(exact, unpriced));
        for (int i = 0; i < MANY; i++) {
            sent.add(random.rated("digits", "req-" + i));
        }
        RatedUsage last = random.rated("digits", "last");
        commit(() -> sent.forEach(DebeziumSinkIT::send));
        producer.beginTransaction();
        send(random.rated("digits", "aborted"));
        producer.flush();
        producer.abortTransaction();
        commit(() -> send(last));
        sent.add(last);

        await("SELECT count(*) FROM cost_calculations WHERE event_id = 'last'", "1");
        assertRows("cost_calculations", "digits", "event_id", sent.stream().map(ExpectedRows::of));
        assertThat(stack.query(
                        "SELECT concat_ws(' ', cost, list_cost, tokens, event_time AT TIME ZONE 'UTC', booked_on)"
                                + " FROM cost_calculations WHERE event_id = 'exact'"))
                .containsExactly("0.000000000000000000000001 -12345678901234567890123456.123456789012"
                        + " 99999999999999999999999999999999999999 2023-11-14 22:13:20.123456 2023-11-15");
        assertThat(stack.query("SELECT cost IS NULL FROM cost_calculations WHERE event_id = 'unpriced'"))
                .containsExactly("t");
    }

    @Test
    void totalsAreThoseOfTheNewestVersionAndOutliveTombstones() throws SQLException {
        for (Granularity granularity : List.of(Granularity.DAY, Granularity.QUARTER_HOUR)) {
            List<UsageStats> newest = new ArrayList<>();
            commit(() -> {
                for (int i = 0; i < MANY; i++) {
                    UsageStats first = random.stats("totals", granularity, 1);
                    UsageStats second = random.next(first);
                    newest.add(second);
                    send(first);
                    send(second);
                    if (i % 5 == 0) {
                        send(Topics.USAGE_STATS, StatsKey.of(first), null);
                    }
                }
            });

            String table = table(granularity);
            await(
                    "SELECT count(*) FROM " + table + " WHERE company = 'totals' AND version = 2",
                    Integer.toString(MANY));
            assertRows(table, "totals", "row_id", newest.stream().map(ExpectedRows::of));
        }
    }

    @Test
    void anOlderTotalThatComesLateIsPassedOver() throws SQLException {
        for (Granularity granularity : List.of(Granularity.DAY, Granularity.QUARTER_HOUR)) {
            UsageStats older = random.stats("late", granularity, 4);
            UsageStats newer = random.next(older);
            UsageStats mark = random.stats("mark", granularity, 1);
            commit(() -> send(newer));
            await("SELECT version FROM " + table(granularity) + " WHERE company = 'late'", "5");

            commit(() -> {
                send(older);
                send(mark);
            });
            await("SELECT version FROM " + table(granularity) + " WHERE company = 'mark'", "1");
            assertRows(table(granularity), "late", "row_id", Stream.of(ExpectedRows.of(newer)));
        }
    }

    @Test
    void whatIsDeliveredAgainAfterAKillIsNotDoubled() throws Exception {
        List<RatedUsage> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(random.rated("again", "req-" + i));
        }
        UsageStats first = random.stats("again", Granularity.DAY, 1);
        UsageStats second = random.next(first);
        commit(() -> {
            sent.forEach(DebeziumSinkIT::send);
            send(first);
            send(second);
        });
        String version = "SELECT version FROM usage_stats WHERE company = 'again'";
        await("SELECT count(*) FROM cost_calculations WHERE company = 'again'", "50");
        await(version, "2");
        String writers =
                "SELECT DISTINCT xmin FROM cost_calculations WHERE company = 'again' AND event_id LIKE 'req-%'";
        List<String> before = stack.query(writers);

        stack.worker.kill();
        stack.forget("tollgate-usage-rated");
        stack.forget("tollgate-usage-stats");
        UsageStats third = random.next(second);
        RatedUsage afterwards = random.rated("again", "afterwards");
        commit(() -> {
            send(sent.get(0));
            send(afterwards);
            send(third);
        });
        sent.add(afterwards);
        stack.worker.start();

        await("SELECT count(*) FROM cost_calculations WHERE event_id = 'afterwards'", "1");
        await(version, "3");
        assertThat(stack.query(writers)).as("written once more").isNotEmpty().doesNotContainAnyElementsOf(before);
        assertRows("cost_calculations", "again", "event_id", sent.stream().map(ExpectedRows::of));
        assertRows("usage_stats", "again", "row_id", Stream.of(ExpectedRows.of(third)));
    }

    private static String table(Granularity granularity) {
        return granularity == Granularity.DAY ? "usage_stats" : "usage_stats_intraday";
    }

    private static void commit(Runnable sending) {
        producer.beginTransaction();
        sending.run();
        producer.commitTransaction();
    }

    private static void send(RatedUsage rated) {
        send(
                Topics.USAGE_RATED,
                EventHash.of(rated.getCompany(), rated.getSource(), rated.getId()),
                stack.codecs.rated().encode(rated));
    }

    private static void send(UsageStats row) {
        send(Topics.USAGE_STATS, StatsKey.of(row), stack.codecs.stats().encode(row));
    }

    private static void send(Topic topic, byte[] key, byte @Nullable [] value) {
        // Of what fails the commit tells.
        Future<?> unused = producer.send(new ProducerRecord<>(topic.name(), 0, key, value));
    }

    private void assertRows(String table, String company, String by, Stream<Map<String, @Nullable Object>> expectedRows)
            throws SQLException {
        Map<String, Map<String, @Nullable Object>> found = stack.rows(table, company, by);
        Map<String, Map<String, @Nullable Object>> expected = new LinkedHashMap<>();
        expectedRows.forEach(row -> expected.put((String) row.get(by), ExpectedRows.comparable(row)));
        assertThat(found.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
        expected.forEach((id, row) ->
                assertThat(found.get(id)).as("seed %d, %s", seed, id).isEqualTo(row));
    }

    private static void await(String sql, String expected) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            assertThat(stack.worker.isAlive())
                                    .as("the worker: %s", stack.worker.lastWords())
                                    .isTrue();
                            return stack.query(sql);
                        },
                        List.of(expected)::equals);
    }
}
