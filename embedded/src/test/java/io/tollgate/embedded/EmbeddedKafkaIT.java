package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final String TOPIC = "events";

    private final Path folder;

    EmbeddedKafkaIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aRestartOnAnotherPortKeepsRecordsGroupsAndTheCluster() throws Exception {
        String cluster;
        int firstPort;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            cluster = kafka.clusterId();
            firstPort = kafka.port();
            createTopic(kafka);
            produce(kafka, 0, 100);
            assertThat(consume(kafka, 100)).isEqualTo(values(0, 100));
        }

        int otherPort = FreePorts.choose();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, otherPort)) {
            assertThat(kafka.port()).isEqualTo(otherPort).isNotEqualTo(firstPort);
            assertThat(kafka.clusterId()).isEqualTo(cluster);
            produce(kafka, 100, 150);
            // The group goes on where it was: its offsets were kept too.
            assertThat(consume(kafka, 50)).isEqualTo(values(100, 150));
        }
    }

    @Test
    void transactionsWorkOnOneNode() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            createTopic(kafka);
            try (KafkaProducer<String, String> producer = producer(kafka, Map.of("transactional.id", "t"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "aborted")).get();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "committed")).get();
                producer.commitTransaction();
            }
            assertThat(consume(kafka, 1)).containsExactly("committed");
        }
    }

    @Test
    void aTopicThatNobodyCreatedIsNotThere() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
                Admin admin = admin(kafka);
                KafkaProducer<String, String> producer = producer(kafka, Map.of("max.block.ms", "500"))) {
            assertThatThrownBy(
                    () -> producer.send(new ProducerRecord<>("mistyped", "x")).get());
            assertThat(admin.listTopics().names().get()).doesNotContain("mistyped");
        }
    }

    @Test
    void aBusyPortAndABusyFolderAreNamed(@TempDir Path other) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(other, kafka.port()))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("port " + kafka.port());
            assertThatThrownBy(() -> EmbeddedKafka.start(folder))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining(folder.toString());
            // The one that runs is none the worse.
            assertThat(kafka.fault()).isNotDone();
            assertThat(FreePorts.isBusy(kafka.port())).isTrue();
        }
    }

    static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = admin(kafka)) {
            admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    static void produce(EmbeddedKafka kafka, int from, int to) throws Exception {
        try (KafkaProducer<String, String> producer = producer(kafka, Map.of())) {
            for (String value : values(from, to)) {
                producer.send(new ProducerRecord<>(TOPIC, value)).get();
            }
        }
    }

    /** Reads as a group until that many records came, and commits. */
    static List<String> consume(EmbeddedKafka kafka, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "reader",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "enable.auto.commit", "false");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            long start = System.nanoTime();
            List<String> read = new ArrayList<>();
            while (read.size() < count
                    && System.nanoTime() - start < Duration.ofSeconds(30).toNanos()) {
                StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
                        .map(ConsumerRecord::value)
                        .forEach(read::add);
            }
            consumer.commitSync();
            return read;
        }
    }

    static List<String> values(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("acks", "all");
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
