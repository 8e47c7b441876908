package io.tollgate.gateway.backbone;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ConfigVersion;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of configuration, however many gateways there are: a transactional producer with a fixed id. Whoever
 * takes it fences the others. All tables are read to their end before each decision (on a version that must match, on the
 * next version of the price book), so none is made on less than all that was written when it was asked for. A commit that succeeds
 * proves that nobody else wrote since.
 *
 * <p>Each change has a number, one more than the last, and the audit of it is in the same transaction.
 *
 * <p>An answer comes after this gateway's own {@code read_committed} tables show the change, in every partition.
 */
public final class ConfigWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWriter.class);
    private static final String TRANSACTIONAL_ID = "tollgate-admin";
    private static final int ATTEMPTS = 3;
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final KafkaCluster kafka;
    private final Admin admin;
    private final Journal journal;
    private final ConfigTable<ConfigVersion> versions;
    private final Map<String, ConfigTopic<?>> topics = new HashMap<>();
    private @Nullable Producer<byte[], byte[]> producer;

    ConfigWriter(
            KafkaCluster kafka,
            Admin admin,
            Journal journal,
            ConfigTopic<ConfigVersion> versions,
            ConfigTopic<?>... topics) {
        this.kafka = kafka;
        this.admin = admin;
        this.journal = journal;
        this.versions = versions.table();
        this.topics.put(Topics.CONFIG_VERSIONS.name(), versions);
        for (ConfigTopic<?> topic : topics) {
            this.topics.put(topic.topic().name(), topic);
        }
    }

    /**
     * Decides on the newest state and writes what was decided, all or nothing. The decision may be taken again where
     * another gateway wrote in between, so whatever is random in it is made outside. Blocks.
     *
     * @param actor who asks for it
     * @throws KafkaException if it could not be done; a time-out leaves open whether it was
     */
    public synchronized <A> A write(Actor actor, Supplier<Decision<A>> decide) {
        Decision<A> attempted = null;
        for (int attempt = 1; ; attempt++) {
            try {
                Producer<byte[], byte[]> own = ownProducer();
                // Also where this writer is not new: a refusal writes nothing, and so would not find it fenced.
                awaitReadable(ends(own));
                if (attempted != null && isReadable(attempted)) {
                    return attempted.answer();
                }
                attempted = decide.get();
                if (!attempted.changes().isEmpty()) {
                    awaitReadable(commit(own, actor, attempted.changes()));
                }
                return attempted.answer();
            } catch (KafkaException e) {
                giveUpProducer();
                if (attempt == ATTEMPTS || e instanceof org.apache.kafka.common.errors.TimeoutException) {
                    throw e;
                }
                LOG.info("the admin writer is taken anew: {}", e.toString());
            } catch (IllegalStateException e) {
                // The client says so of a producer that it has given up itself.
                giveUpProducer();
                throw e;
            }
        }
    }

    @Override
    public synchronized void close() {
        giveUpProducer();
    }

    /** Number of the last change; 0 where there was none. */
    private long newest() {
        return versions.values().stream()
                .mapToLong(ConfigVersion::getNumber)
                .max()
                .orElse(0);
    }

    /** Whether an attempt that failed half-way was committed all the same. */
    private boolean isReadable(Decision<?> attempted) {
        return !attempted.changes().isEmpty()
                && attempted.changes().stream().allMatch(change -> {
                    SpecificRecord now = topic(change).table().get(change.key());
                    return now == null ? change.value() == null : now.equals(change.value());
                });
    }

    private Producer<byte[], byte[]> ownProducer() {
        Producer<byte[], byte[]> known = producer;
        if (known != null) {
            return known;
        }
        Producer<byte[], byte[]> fresh = new KafkaProducer<>(settings());
        producer = fresh;
        fresh.initTransactions();
        return fresh;
    }

    /** The last offset of every partition: whatever anybody has written so far. */
    private Map<TopicPartition, Long> ends(Producer<byte[], byte[]> own) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        topics.values().forEach(topic -> partitions(own, topic)
                .forEach(partition -> asked.put(partition, OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(asked).all().toCompletionStage().toCompletableFuture());
        found.forEach((partition, info) -> ends.put(partition, info.offset() - 1));
        return ends;
    }

    private Map<TopicPartition, Long> commit(Producer<byte[], byte[]> own, Actor actor, List<ConfigChange> changes) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        own.beginTransaction();
        for (ConfigChange change : changes) {
            ConfigTopic<?> topic = topic(change);
            byte[] value = encoded(topic, change.value());
            for (TopicPartition partition : partitions(own, topic)) {
                sent.add(own.send(new ProducerRecord<>(partition.topic(), partition.partition(), change.key(), value)));
            }
        }
        journal.records(newest() + 1, now, actor, changes).forEach(record -> sent.add(own.send(record)));
        own.commitTransaction();
        Map<TopicPartition, Long> last = new HashMap<>();
        for (Future<RecordMetadata> record : sent) {
            RecordMetadata metadata = get(record);
            if (topics.containsKey(metadata.topic())) {
                last.merge(new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset(), Math::max);
            }
        }
        return last;
    }

    private static List<TopicPartition> partitions(Producer<byte[], byte[]> own, ConfigTopic<?> topic) {
        return own.partitionsFor(topic.topic().name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static <V extends SpecificRecord> byte @Nullable [] encoded(
            ConfigTopic<V> topic, @Nullable SpecificRecord value) {
        if (value == null) {
            return null;
        }
        @SuppressWarnings("unchecked") // a change's value is of its topic's schema; the encoder checks each field
        V typed = (V) value;
        return topic.codec().encode(typed);
    }

    private void awaitReadable(Map<TopicPartition, Long> offsets) {
        CompletableFuture<?>[] seen = offsets.entrySet().stream()
                .filter(entry -> entry.getValue() >= 0)
                .map(entry -> topic(entry.getKey().topic())
                        .table()
                        .awaitOffset(entry.getKey().partition(), entry.getValue()))
                .toArray(CompletableFuture[]::new);
        get(CompletableFuture.allOf(seen));
    }

    private ConfigTopic<?> topic(ConfigChange change) {
        return topic(change.topic().name());
    }

    private ConfigTopic<?> topic(String name) {
        ConfigTopic<?> topic = topics.get(name);
        if (topic == null) {
            throw new IllegalArgumentException(name + " is no configuration topic");
        }
        return topic;
    }

    private void giveUpProducer() {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            old.close(CLOSE);
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("could not change the configuration: " + e.getCause(), e.getCause());
        } catch (TimeoutException | CancellationException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "the configuration topics were not readable to their end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while changing the configuration", e);
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = kafka.settings();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "tollgate-gateway-admin");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A price list is thousands of records to every partition.
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) STEP.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) STEP.toMillis());
        // A gateway that dies in the middle holds readers of these topics up no longer than this.
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 5_000);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 << 20);
        return settings;
    }
}
