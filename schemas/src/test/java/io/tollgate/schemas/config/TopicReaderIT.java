package io.tollgate.schemas.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.Company;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.lag.GroupLag;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicReaderIT {
    private static final Topic TOPIC = Topics.CONFIG_COMPANIES;
    private static final AvroCodec<Company> CODEC = AvroCodec.of(TOPIC, new FixedSchemaIds());

    private static EmbeddedKafka kafka;

    private final Queue<String> read = new ConcurrentLinkedQueue<>();

    /** The newest record of partition 1 is two hours old; partition 0 has one of now behind an old one, and a tombstone. */
    @BeforeAll
    static void fill(@TempDir Path folder) throws Exception {
        kafka = EmbeddedKafka.start(folder);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                Producer<byte[], byte[]> producer = producer()) {
            admin.createTopics(List.of(new NewTopic(TOPIC.name(), 2, (short) 1)))
                    .all()
                    .get();
            long now = System.currentTimeMillis();
            long twoHoursAgo = now - Duration.ofHours(2).toMillis();
            producer.send(record(0, twoHoursAgo, "old", company("old"))).get();
            producer.send(record(1, twoHoursAgo, "other", company("other"))).get();
            producer.send(record(0, now, "new", company("new"))).get();
            producer.send(record(0, now, "old", null)).get();
            producer.send(new ProducerRecord<>(TOPIC.name(), 0, now, "bad".getBytes(UTF_8), new byte[] {9}))
                    .get();
            producer.send(record(0, now, "astray", company("stray"))).get();
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void whatAGroupHasYetToReadIsItsLag() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Map<String, Set<String>> asked = Map.of("a-group", Set.of(TOPIC.name()));
            assertThat(GroupLag.read(admin, asked)).containsExactly(new GroupLag("a-group", TOPIC.name(), 6));

            admin.alterConsumerGroupOffsets(
                            "a-group", Map.of(new TopicPartition(TOPIC.name(), 0), new OffsetAndMetadata(3)))
                    .all()
                    .get();
            assertThat(GroupLag.read(admin, asked)).containsExactly(new GroupLag("a-group", TOPIC.name(), 3));
        }
    }

    @Test
    void everyRecordIsReadFromTheBeginning() {
        try (TopicReader<Company> reader =
                TopicReader.fromBeginning(TOPIC, KafkaCluster.at(kafka.bootstrapServers()), CODEC, this::note)) {
            assertThat(reader.awaitCaughtUp(Duration.ofSeconds(20))).isTrue();
            assertThat(read)
                    .filteredOn(text -> text.startsWith("0"))
                    .containsExactly("0 old", "0 new", "0 -", "0 -", "0 stray");
            assertThat(read).contains("1 other").hasSize(6);
            assertThat(reader.awaitOffset(0, 3)).isCompleted();
        }
    }

    @Test
    void whatIsOlderIsLeftOut() {
        try (TopicReader<Company> reader = TopicReader.fromAgo(
                Duration.ofHours(1), TOPIC, KafkaCluster.at(kafka.bootstrapServers()), CODEC, this::note)) {
            assertThat(reader.awaitCaughtUp(Duration.ofSeconds(20))).isTrue();
            assertThat(read).containsExactly("0 new", "0 -", "0 -", "0 stray");
        }
    }

    @Test
    void theServerThatIsMissingIsNamed() {
        KafkaCluster here = KafkaCluster.at(kafka.bootstrapServers());
        SchemaIds away = new SchemaRegistry("http://127.0.0.1:1/apis/ccompat/v7");
        try (TopicReader<Company> reader = TopicReader.fromBeginning(TOPIC, here, CODEC, this::note);
                TopicReader<Company> noRegistry =
                        TopicReader.fromBeginning(TOPIC, here, AvroCodec.reading(TOPIC, away), this::note)) {
            await().untilAsserted(() ->
                    assertThat(noRegistry.waitsFor()).contains("the registry at http://127.0.0.1:1/apis/ccompat/v7"));
            assertThat(noRegistry.caughtUp()).isFalse();
            assertThat(reader.awaitCaughtUp(Duration.ofSeconds(20))).isTrue();
            assertThat(reader.waitsFor()).isNull();
        }
    }

    @Test
    void whoeverWaitsForMoreIsToldWhenItIsClosed() {
        CompletableFuture<Void> waiting;
        try (TopicReader<Company> reader =
                TopicReader.fromBeginning(TOPIC, KafkaCluster.at(kafka.bootstrapServers()), CODEC, this::note)) {
            waiting = reader.awaitOffset(1, 100);
            await().until(reader::caughtUp);
            assertThat(waiting).isNotDone();
        }
        assertThat(waiting).isCompletedExceptionally().isCancelled();
    }

    @Test
    void aTableTakesFromTheFirstPartitionWhatLiesUnderItsOwnKey() {
        try (ConfigTable<Company> table = ConfigTable.start(TOPIC, KafkaCluster.at(kafka.bootstrapServers()), CODEC)) {
            assertThat(table.awaitCaughtUp(Duration.ofSeconds(20))).isTrue();
            assertThat(table.values()).extracting(Company::getId).containsExactly("new");
        }
    }

    /** Or nothing behind it would ever be read. */
    @Test
    void whatTheListenerThrowsAtCountsAsDeletedAndTheNextIsRead() {
        TopicReader.Listener<Company> listener = (partition, key, value) -> {
            if (value != null && value.getId().equals("old")) {
                throw new IllegalArgumentException("can't be taken in");
            }
            note(partition, key, value);
        };
        try (TopicReader<Company> reader =
                TopicReader.fromBeginning(TOPIC, KafkaCluster.at(kafka.bootstrapServers()), CODEC, listener)) {
            assertThat(reader.awaitCaughtUp(Duration.ofSeconds(20))).isTrue();
            assertThat(read)
                    .filteredOn(text -> text.startsWith("0"))
                    .containsExactly("0 -", "0 new", "0 -", "0 -", "0 stray");
        }
    }

    private void note(int partition, byte[] key, @Nullable Company value) {
        read.add(partition + " " + (value == null ? "-" : value.getId()));
    }

    private static Company company(String id) {
        return new Company(id, id, "USD", "UTC", Map.of(), 1L, 0L, 0L);
    }

    private static ProducerRecord<byte[], byte[]> record(
            int partition, long timestamp, String key, @Nullable Company value) {
        return new ProducerRecord<>(
                TOPIC.name(), partition, timestamp, key.getBytes(UTF_8), value == null ? null : CODEC.encode(value));
    }

    private static Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
