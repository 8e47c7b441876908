package io.tollgate.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.Submission;
import io.tollgate.avro.UsageStats;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process beside a real broker, killed in the middle of its work. */
class MeteringKillIT {
    private static final int EVENTS = 6_000;
    private static final int VOIDED_OF = 20;
    private static final int THRESHOLDS = 50;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final long DAY = 86_400_000_000L;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private BigDecimal expectedCost = BigDecimal.ZERO;
    private final Map<Long, BigDecimal> expectedByDay = new HashMap<>();
    private long expectedRequests;

    @Test
    void everyEventCountsOnceThroughAKill(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"))) {
            List<Submission> load = load();
            try (ServiceProcess first = start(kafka, registry, folder)) {
                first.untilReady();
                Codecs codecs = Codecs.settle(new SchemaRegistry(registry.url()));
                try (Books books = new Books(kafka.bootstrapServers(), codecs);
                        KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
                    sendPrices(producer, codecs);
                    sendQuota(producer, codecs, "from-the-start");
                    sendRule(producer, codecs);
                    send(producer, codecs, load.subList(0, load.size() / 2));
                    untilRows(books, EVENTS / 10);
                    first.kill();

                    sendQuota(producer, codecs, "from-the-middle");
                    send(producer, codecs, load.subList(load.size() / 2, load.size()));
                    try (ServiceProcess second = start(kafka, registry, folder)) {
                        second.untilReady();
                        untilSettled(books, load.size());
                        theBooksBalance(books, load.size());
                        eachCrossingIsToldOnce(books);
                        assertThat(second.get("/actuator/prometheus")).contains("kafka_stream_");
                        assertThat(second.stop(Duration.ofSeconds(30))).isTrue();
                    }
                    try (ServiceProcess third = start(kafka, registry, folder)) {
                        third.untilReady();
                    }
                    assertThat(folder.resolve("service.log"))
                            .content()
                            .as("neither a kill nor a stop makes a start take its stores for corrupted")
                            .doesNotContain("TaskCorruptedException", "the topology has failed");
                }
            }
        }
    }

    private static ServiceProcess start(EmbeddedKafka kafka, EmbeddedRegistry registry, Path folder)
            throws IOException {
        return ServiceProcess.start(kafka.bootstrapServers(), registry.url(), folder);
    }

    /** Every event twice, some voided, in random order. */
    private List<Submission> load() {
        List<Submission> load = new ArrayList<>();
        Instant now = Instant.now();
        for (int i = 0; i < EVENTS; i++) {
            long input = random.nextInt(100_000);
            long time = Given.micros(now.minus(Duration.ofMinutes(i % (3 * 24 * 60))));
            for (int copy = 0; copy < 2; copy++) {
                Submission usage = Given.usage("req-" + i, input, 1);
                Objects.requireNonNull(usage.getUsage()).setEventTime(time);
                load.add(usage);
            }
            if (i % VOIDED_OF == 0) {
                load.add(Given.voiding("req-" + i));
            } else {
                expectedRequests++;
                BigDecimal cost = new BigDecimal(Given.INPUT_PRICE)
                        .multiply(BigDecimal.valueOf(input))
                        .add(new BigDecimal(Given.OUTPUT_PRICE));
                expectedCost = expectedCost.add(cost);
                expectedByDay.merge(time - Math.floorMod(time, DAY), cost, BigDecimal::add);
            }
        }
        Collections.shuffle(load, random);
        return load;
    }

    /** A threshold for every two dollars of each day. */
    private static AlertRule spendByDay() {
        return AlertRule.newBuilder()
                .setId("spend-by-day")
                .setScope(GivenQuota.scope("*", null, null))
                .setKind(AlertKind.SPEND)
                .setThresholds(IntStream.rangeClosed(1, THRESHOLDS)
                        .mapToObj(n -> Given.decimal(Integer.toString(2 * n)))
                        .toList())
                .setWindow(new Period(PeriodKind.DAY, 0L, 0L))
                .setCurrency("USD")
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    private static void sendRule(KafkaProducer<byte[], byte[]> producer, Codecs codecs) throws Exception {
        AlertRule rule = spendByDay();
        byte[] id = rule.getId().getBytes(UTF_8);
        sendToAll(producer, Topics.CONFIG_ALERTS, id, codecs.alertRules().encode(rule));
    }

    private static void sendPrices(KafkaProducer<byte[], byte[]> producer, Codecs codecs) throws Exception {
        byte[] timeline = codecs.prices().encode(Given.prices());
        sendToAll(producer, Topics.CONFIG_PRICES, PriceKey.of(Given.prices()), timeline);
    }

    /** Of a window that holds all events. */
    private static void sendQuota(KafkaProducer<byte[], byte[]> producer, Codecs codecs, String id) throws Exception {
        Quota quota = GivenQuota.cost(id, "1000000", PeriodKind.DAY);
        Instant anchor = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(5));
        quota.setPeriod(new Period(PeriodKind.EVERY, Duration.ofDays(30).toSeconds(), Given.micros(anchor)));
        sendToAll(
                producer,
                Topics.CONFIG_QUOTAS,
                id.getBytes(UTF_8),
                codecs.quotas().encode(quota));
    }

    private static void sendToAll(KafkaProducer<byte[], byte[]> producer, Topic topic, byte[] key, byte[] value)
            throws Exception {
        for (int partition = 0; partition < producer.partitionsFor(topic.name()).size(); partition++) {
            producer.send(new ProducerRecord<>(topic.name(), partition, key, value))
                    .get();
        }
    }

    /** A tenth by way of the inbox, without a key. Returns when all are acknowledged. */
    private void send(KafkaProducer<byte[], byte[]> producer, Codecs codecs, List<Submission> submissions)
            throws Exception {
        List<Future<RecordMetadata>> acks = new ArrayList<>();
        for (Submission submission : submissions) {
            byte[] value = codecs.events().encode(submission);
            byte[] event = EventHash.of(submission.getCompany(), submission.getSource(), submission.getId());
            acks.add(producer.send(
                    random.nextInt(10) == 0
                            ? new ProducerRecord<>(Topics.USAGE_INBOX.name(), value)
                            : new ProducerRecord<>(Topics.USAGE_EVENTS.name(), event, value)));
        }
        for (Future<RecordMetadata> ack : acks) {
            ack.get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void untilRows(Books books, int rows) {
        await("rows").atMost(LIMIT).until(() -> books.read().rows.size() >= rows);
    }

    private void untilSettled(Books books, int submissions) {
        await("an outcome for each submission, and its stats")
                .atMost(LIMIT)
                .until(() -> finals(books.read()).size() >= submissions
                        && requests(books, Granularity.DAY) == expectedRequests
                        && requests(books, Granularity.QUARTER_HOUR) == expectedRequests
                        && books.quotas.size() == 2);
    }

    private void theBooksBalance(Books books, int submissions) {
        assertThat(finals(books)).as("seed %d", seed).hasSize(submissions);
        assertThat(finals(books).values()).as("final outcomes, seed %d", seed).containsOnly(1);
        assertThat(books.dead).as("dead letters, seed %d", seed).isEmpty();
        BigDecimal ledger = books.rows.stream()
                .map(RatedUsage::getCost)
                .map(MeteringKillIT::number)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(ledger).as("ledger, seed %d", seed).isEqualByComparingTo(expectedCost);
        assertThat(books.rows.stream().mapToLong(RatedUsage::getRequests).sum())
                .as("requests, seed %d", seed)
                .isEqualTo(expectedRequests);
        assertThat(cost(books, Granularity.DAY)).as("days, seed %d", seed).isEqualByComparingTo(expectedCost);
        assertThat(cost(books, Granularity.QUARTER_HOUR))
                .as("quarter hours, seed %d", seed)
                .isEqualByComparingTo(expectedCost);
        for (String quota : List.of("from-the-start", "from-the-middle")) {
            await("its last state").atMost(LIMIT).untilAsserted(() -> assertThat(used(books.read(), quota))
                    .as("%s, seed %d", quota, seed)
                    .isEqualByComparingTo(expectedCost));
        }
    }

    /** Of each threshold and day: crossed, resolved, crossed again under the next number, and so on to what there is. */
    private void eachCrossingIsToldOnce(Books books) {
        long crossed = expectedByDay.values().stream()
                .mapToLong(cost -> Math.min(THRESHOLDS, cost.divide(TWO).longValue()))
                .sum();
        await("alerts").atMost(LIMIT).until(() -> open(books.read().alerts) == crossed);
        assertThat(crossed).as("seed %d", seed).isGreaterThan(100);
        assertThat(books.alerts)
                .extracting(Alert::getId)
                .as("ids, seed %d", seed)
                .doesNotHaveDuplicates();
        Map<String, Integer> last = new HashMap<>();
        for (Alert alert : books.alerts) {
            String name = alert.getWindowStart() + " " + number(alert.getThreshold());
            int before = last.getOrDefault(name, 0);
            int next = alert.getResolved() ? -alert.getNumber() : alert.getNumber();
            assertThat(next).as("%s, seed %d", alert, seed).isEqualTo(before > 0 ? -before : 1 - before);
            last.put(name, next);
        }
    }

    private static long open(List<Alert> alerts) {
        return alerts.stream().mapToLong(alert -> alert.getResolved() ? -1 : 1).sum();
    }

    /** How many final outcomes each submission has, by where it lies. */
    private static Map<String, Integer> finals(Books books) {
        Map<String, Integer> finals = new HashMap<>();
        for (Outcome outcome : books.outcomes) {
            if (outcome.getOutcome() != OutcomeKind.PENDING) {
                finals.merge(outcome.getEventsPartition() + "-" + outcome.getEventsOffset(), 1, Integer::sum);
            }
        }
        for (RatedUsage row : books.rows) {
            if (row.getKind() == RowKind.USAGE) {
                finals.merge(row.getEventsPartition() + "-" + row.getEventsOffset(), 1, Integer::sum);
            }
        }
        return finals;
    }

    private static long requests(Books books, Granularity granularity) {
        return books.stats.values().stream()
                .filter(row -> row.getGranularity() == granularity)
                .mapToLong(UsageStats::getRequests)
                .sum();
    }

    private static BigDecimal cost(Books books, Granularity granularity) {
        return books.stats.values().stream()
                .filter(row -> row.getGranularity() == granularity)
                .map(row -> number(row.getCost()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal used(Books books, String quota) {
        return number(Objects.requireNonNull(books.quotas.get(quota), quota).getUsed());
    }

    private static BigDecimal number(ExactDecimal value) {
        return Decimals.fromAvro(value).toBigDecimal();
    }
}
