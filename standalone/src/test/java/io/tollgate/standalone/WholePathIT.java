package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.MeteringRun.Batch;
import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.oracle.TestEvent;
import io.tollgate.standalone.oracle.TestLoad;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The main job, from the front door to the books: 10,000 events, each sent twice, fifty voided, in random order across
 * price changes, some of them a third time by a service that writes to Kafka itself.
 */
class WholePathIT {
    private static final int EVENTS = 10_000;
    private static final int BY_KAFKA_TOO = 500;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void theBooksEqualAnIndependentRecomputationToTheLastDigit(@TempDir Path data) throws Exception {
        System.out.println("WholePathIT seed " + seed);
        TestLoad load = new TestLoad(seed, EVENTS, Instant.now());
        MeteringRun run = new MeteringRun(load);
        try (TestStack stack = TestStack.start(data)) {
            Endpoints at = stack.endpoints();
            TollgateClient client = new TollgateClient(at.gateway(), at.usageApi(), stack.adminToken());
            run.configure(client);

            assertThat(run.send(client, MeteringRun.batches(load.beforeTheChange())))
                    .isEmpty();
            run.changePrices(client);
            List<Batch> rest = MeteringRun.batches(load.afterTheChange());
            assertThat(run.send(client, rest.subList(0, rest.size() / 2))).isEmpty();
            List<TestEvent> twice = load.events().subList(0, BY_KAFKA_TOO);
            writeToTheInbox(at, twice);
            twice.forEach(event -> run.sent().addUsage(event.company(), event.source(), event.id()));
            assertThat(run.send(client, rest.subList(rest.size() / 2, rest.size())))
                    .isEmpty();

            JsonNode balance = run.awaitSettled(client, run.acknowledged() + BY_KAFKA_TOO);

            assertThat(balance.get("drift").asLong(-1))
                    .describedAs("%s", balance)
                    .isZero();
            assertThat(balance.get("accepted").asLong())
                    .isEqualTo(2L * EVENTS + load.voided().size() + BY_KAFKA_TOO);
            assertThat(balance.get("pending").asLong()).isZero();
            try (PostgresBooks books = new PostgresBooks(at.postgresUrl(), at.postgresUser(), at.postgresPassword())) {
                run.assertBooks(books);
                assertThat(books.count("event_outcomes WHERE outcome = 'conflict'"))
                        .isZero();
                assertThat(books.count("event_outcomes WHERE outcome = 'applied'"))
                        .isEqualTo(load.voided().size());
                assertThat(books.count("event_outcomes WHERE outcome = 'duplicate'"))
                        .isEqualTo(EVENTS + BY_KAFKA_TOO);
            }
            run.assertOracle(at, data);
            long started = System.nanoTime();
            new OracleMutations(at, data.resolve("sent.ndjson")).assertAllAreSeen();
            System.out.println("mutations: " + (System.nanoTime() - started) / 1_000_000 + " ms");
        }
    }

    /** A trusted service on plain kafka-clients, with another partitioner and keys of its own. */
    private static void writeToTheInbox(Endpoints at, List<TestEvent> events) throws Exception {
        AvroCodec<Submission> codec = AvroCodec.of(
                Topics.USAGE_INBOX, new SchemaRegistry(at.registry().toString()));
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                at.kafka(),
                "partitioner.class",
                RoundRobinPartitioner.class,
                "key.serializer",
                ByteArraySerializer.class,
                "value.serializer",
                ByteArraySerializer.class);
        List<Future<RecordMetadata>> acks = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            for (TestEvent event : events) {
                acks.add(producer.send(new ProducerRecord<>(
                        Topics.USAGE_INBOX.name(),
                        event.user().getBytes(StandardCharsets.UTF_8),
                        codec.encode(submission(event)))));
            }
        }
        for (Future<RecordMetadata> ack : acks) {
            ack.get();
        }
    }

    private static Submission submission(TestEvent event) {
        List<DimensionQuantity> dimensions = event.dimensions().entrySet().stream()
                .map(counted -> new DimensionQuantity(
                        counted.getKey(),
                        Decimals.toAvro(Decimal.parse(counted.getValue().replace("\"", "")))))
                .toList();
        return Submission.newBuilder()
                .setCompany(event.company())
                .setKind(SubmissionKind.USAGE)
                .setSource(event.source())
                .setId(event.id())
                .setReceivedAt(0)
                .setUsage(Usage.newBuilder()
                        .setEventTime(ChronoUnit.MICROS.between(Instant.EPOCH, event.time()))
                        .setProvider(event.provider())
                        .setModel(event.model())
                        .setUser(event.user())
                        .setStatus(event.status())
                        .setLatencyMs(event.latencyMs())
                        .setLabels(Map.of("team", event.team()))
                        .setDimensions(dimensions)
                        .build())
                .build();
    }
}
