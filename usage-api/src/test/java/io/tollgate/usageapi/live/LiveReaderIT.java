package io.tollgate.usageapi.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.RatedUsage;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** What befalls a reader whose Kafka grows, is away, and loses a topic. */
class LiveReaderIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final LiveQuestion ALL = new LiveQuestion(null, null, null, null, null);
    private static final FixedSchemaIds IDS = new FixedSchemaIds();

    private final AvroCodec<RatedUsage> codec = AvroCodec.of(Topics.USAGE_RATED, IDS);
    private final Told told = new Told();

    @Test
    void whatIsCommittedIsToldOnceWhateverBecomesOfKafka(@TempDir Path folder) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        int port = kafka.port();
        KafkaCluster cluster = KafkaCluster.at(kafka.bootstrapServers());
        try (LiveReader reader = new LiveReader(
                cluster,
                IDS,
                new UsageApiSettings.Live(1, Duration.ofMinutes(3), DataSize.ofMegabytes(1), Duration.ofSeconds(1)),
                Duration.ofMillis(500),
                new Notices(id -> null),
                told)) {
            reader.start();
            // The topics are not there yet.
            await().atMost(SOON).until(() -> told.aways.get() > 0);
            try (Admin admin = admin(cluster)) {
                for (Source source : Source.ALL) {
                    make(admin, source.topic());
                }
                await().atMost(SOON).until(() -> told.opened != null && told.backs.get() > 0);

                write(cluster, 0, "1", true);
                write(cluster, 0, "100", false);
                write(cluster, 0, "2", true);
                await().atMost(SOON).until(() -> told.sum().equals(Decimal.of(3)));

                admin.createPartitions(Map.of(Topics.USAGE_RATED.name(), NewPartitions.increaseTo(2)))
                        .all()
                        .get();
                write(cluster, 1, "4", true);
                await().atMost(SOON).until(() -> told.sum().equals(Decimal.of(7)));
            }

            told.aways.set(0);
            kafka.close();
            await().atMost(SOON).until(() -> told.aways.get() > 0);
            int backs = told.backs.get();
            kafka = EmbeddedKafka.start(folder, port);
            write(cluster, 0, "8", true);
            await().atMost(SOON).until(() -> told.sum().equals(Decimal.of(15)) && told.backs.get() > backs);
            assertThat(told.entries).noneMatch(Gap.class::isInstance);
            assertThat(told.isWithoutHoles()).isTrue();

            try (Admin admin = admin(cluster)) {
                admin.deleteTopics(List.of(Topics.USAGE_RATED.name())).all().get();
                await().atMost(SOON)
                        .until(() -> !admin.listTopics().names().get().contains(Topics.USAGE_RATED.name()));
                make(admin, Topics.USAGE_RATED.name());
            }
            await().atMost(SOON).until(() -> told.entries.stream().anyMatch(Gap.class::isInstance));
            assertThat(told.entries)
                    .filteredOn(Gap.class::isInstance)
                    .map(gap -> ((Gap) gap).reason())
                    .containsExactly(Reset.OTHER_TOPICS);
            write(cluster, 0, "16", true);
            await().atMost(SOON).until(() -> told.sum().equals(Decimal.of(31)));
        } finally {
            kafka.close();
        }
    }

    private static Admin admin(KafkaCluster cluster) {
        return Admin.create(cluster.settings());
    }

    private static void make(Admin admin, String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }

    private void write(KafkaCluster cluster, int partition, String cost, boolean commits) throws Exception {
        Map<String, Object> settings = cluster.settings();
        settings.put("transactional.id", "live-reader-it");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            byte[] value = codec.encode(RandomResumesTest.usage("acme", "gpt-4o", Decimal.parse(cost)));
            producer.send(new ProducerRecord<>(Topics.USAGE_RATED.name(), partition, new byte[] {1}, value))
                    .get();
            if (commits) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** Keeps all that it is told. */
    private static final class Told implements Listener {
        private final List<Entry> entries = new CopyOnWriteArrayList<>();
        private final AtomicInteger aways = new AtomicInteger();
        private final AtomicInteger backs = new AtomicInteger();
        private volatile @Nullable Position opened;

        @Override
        public void opened(Position at, Position ends) {
            opened = at;
        }

        @Override
        public void read(Entry entry) {
            entries.add(entry);
        }

        @Override
        public void away() {
            aways.incrementAndGet();
        }

        @Override
        public void back() {
            backs.incrementAndGet();
        }

        Decimal sum() {
            EventStream stream = new EventStream();
            for (Entry entry : entries) {
                if (entry instanceof Frame frame) {
                    stream.read(frame.text(ALL));
                }
            }
            Decimal sum = Decimal.ZERO;
            for (EventStream.Event event : stream.events("usage")) {
                for (JsonNode row : event.data().path("rows")) {
                    sum = sum.plus(Decimal.parse(row.path("cost").asString()));
                }
            }
            return sum;
        }

        boolean isWithoutHoles() {
            Position at = opened;
            for (Entry entry : entries) {
                if (entry instanceof Frame frame && !frame.start().equals(at)) {
                    return false;
                }
                at = entry.end();
            }
            return true;
        }
    }
}
