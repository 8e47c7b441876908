package io.tollgate.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances, one thread each. One stands still, so that the group can't end its rebalance; another one goes on
 * with two tasks meanwhile, and then finds the state of one of them corrupted.
 */
class AbortedTransactionIT {
    private static final String GROUP = "aborted-transaction";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String COUNT = "count";
    private static final String STAND_STILL = "stand still";
    private static final String CORRUPT = "corrupt";
    private static final int PARTITIONS = 4;
    private static final int IN_REBALANCE = 50;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CountDownLatch standing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Set<String> processed = ConcurrentHashMap.newKeySet();

    @Test
    void tasksWhoseTransactionWasAbortedUnderThemBeginAgain(@TempDir Path folder) throws Exception {
        List<String> sent = new ArrayList<>();

        Map<String, Long> written = corruptInARebalance(new StreamClients(), folder, sent);

        assertThat(written).hasSameSizeAs(sent).containsOnlyKeys(sent);
        assertThat(written.values()).containsOnly(1L);
    }

    /** Where this fails, Streams has mended it, and {@link OneAbortProducer} has had its day. */
    @Test
    void withTheProducerOfStreamsTheyGoOnAndWhatTheyWroteIsGone(@TempDir Path folder) throws Exception {
        List<String> sent = new ArrayList<>();

        Map<String, Long> written = corruptInARebalance(new DefaultKafkaClientSupplier(), folder, sent);

        assertThat(sent).hasSizeGreaterThan(written.size()).containsAll(written.keySet());
    }

    private Map<String, Long> corruptInARebalance(KafkaClientSupplier clients, Path folder, List<String> sent)
            throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                Admin admin = admin(kafka);
                KafkaProducer<byte[], byte[]> producer = producer(kafka);
                KafkaStreams worker = streams(kafka, clients, folder.resolve("worker"));
                KafkaStreams sluggard = streams(kafka, clients, folder.resolve("sluggard"));
                KafkaStreams newcomer = streams(kafka, clients, folder.resolve("newcomer"))) {
            admin.createTopics(List.of(new NewTopic(FROM, PARTITIONS, (short) 1), new NewTopic(TO, 1, (short) 1)))
                    .all()
                    .get();
            worker.start();
            sluggard.start();
            await("two tasks each")
                    .atMost(LIMIT)
                    .until(() -> tasks(worker).size() == 2 && tasks(sluggard).size() == 2);
            int worked = tasks(worker).get(0);
            int corrupted = tasks(worker).get(1);

            send(producer, sent, tasks(sluggard).get(0), STAND_STILL);
            standing.await();
            newcomer.start();
            await("the rebalance that can't end")
                    .atMost(LIMIT)
                    .until(() -> state(admin) == GroupState.PREPARING_REBALANCE
                            && commitsNothing(admin, producer, sent, worked));
            List<String> inRebalance = IntStream.range(0, IN_REBALANCE)
                    .mapToObj(i -> "in rebalance " + i)
                    .toList();
            for (String value : inRebalance) {
                send(producer, sent, worked, value);
            }
            await("their processing").atMost(LIMIT).until(() -> processed.containsAll(inRebalance));
            send(producer, sent, corrupted, CORRUPT);
            await("the corruption").atMost(LIMIT).until(() -> processed.contains(CORRUPT));
            goOn.countDown();

            await("everything to be committed").atMost(LIMIT).until(() -> committed(admin)
                    .equals(ends(admin)));
            return written(kafka);
        } finally {
            goOn.countDown();
        }
    }

    /** Whether the worker has processed a record and not committed it for twenty commit intervals. */
    private boolean commitsNothing(
            Admin admin, KafkaProducer<byte[], byte[]> producer, List<String> sent, int partition) throws Exception {
        String value = "probe " + sent.size();
        send(producer, sent, partition, value);
        await("its processing").atMost(LIMIT).until(() -> processed.contains(value));
        TopicPartition where = new TopicPartition(FROM, partition);
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < Duration.ofSeconds(2).toNanos()) {
            if (Objects.equals(ends(admin).get(where), committed(admin).get(where))) {
                return false;
            }
        }
        return true;
    }

    private final class Counting extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> input) {
            String value = input.value();
            if (value.equals(STAND_STILL)) {
                standing.countDown();
                untilReleased();
            }
            if (value.equals(CORRUPT) && processed.add(CORRUPT)) {
                throw new TaskCorruptedException(Set.of(context().taskId()));
            }
            KeyValueStore<String, Long> store = context().getStateStore(COUNT);
            Long before = store.get(value);
            store.put(value, before == null ? 1 : before + 1);
            context().forward(input);
            processed.add(value);
        }

        private void untilReleased() {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private KafkaStreams streams(EmbeddedKafka kafka, KafkaClientSupplier clients, Path stateDir) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, GROUP);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 200);
        // Older than any transaction here gets: what is aborted was aborted by Streams.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 300_000);
        Topology topology = new Topology()
                .addSource(
                        AutoOffsetReset.earliest(), "source", new StringDeserializer(), new StringDeserializer(), FROM)
                .addProcessor("counting", Counting::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(COUNT), Serdes.String(), Serdes.Long()),
                        "counting")
                .addSink(
                        "sink",
                        TO,
                        Serdes.String().serializer(),
                        Serdes.String().serializer(),
                        "counting");
        return new KafkaStreams(topology, properties, clients);
    }

    private static List<Integer> tasks(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(task -> task.taskId().partition())
                .sorted()
                .toList();
    }

    private static GroupState state(Admin admin) throws Exception {
        return admin.describeConsumerGroups(List.of(GROUP))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .groupState();
    }

    private static Map<TopicPartition, Long> committed(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** Of the partitions that hold something. */
    private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
        return admin
                .listOffsets(IntStream.range(0, PARTITIONS)
                        .boxed()
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(FROM, partition), partition -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().offset() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** How often each value was written by a transaction that stands. */
    private static Map<String, Long> written(EmbeddedKafka kafka) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        TopicPartition to = new TopicPartition(TO, 0);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(to));
            consumer.seekToBeginning(List.of(to));
            long end = Objects.requireNonNull(consumer.endOffsets(List.of(to)).get(to));
            while (consumer.position(to) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
        }
        return values.stream().collect(Collectors.groupingBy(value -> value, Collectors.counting()));
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, List<String> sent, int partition, String value)
            throws Exception {
        producer.send(new ProducerRecord<>(FROM, partition, null, value.getBytes(UTF_8)))
                .get();
        sent.add(value);
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }
}
