package io.tollgate.bench.topology;

import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.serde.SchemaRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Ids that the topology remembers though it was never sent them, since that would take it hours: their entries are written
 * to the changelog of its store, from which it restores them. One in three is in the present generation, the others in the
 * one before it, as it is on average.
 */
final class RememberedIds {
    /** Of the first load; the rounds of a run have small ones. */
    private static final int SEED = 1_000_000;

    private static final int WRITERS = 2;
    private static final int IN_ALL_GENERATIONS = 3;

    private final Endpoints endpoints;
    private final SchemaIds registry;
    private final int partitions;
    private final Instant now = Instant.now();

    RememberedIds(Endpoints endpoints, int partitions) {
        this.endpoints = endpoints;
        this.registry = new SchemaRegistry(endpoints.registry());
        this.partitions = partitions;
    }

    /**
     * Holds what would be written for events against what the topology has written for them.
     *
     * @param metered events that the topology has just metered
     */
    void check(Collection<UsageEvent> metered) {
        Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> written = new HashMap<>();
        CommittedRecords.read(
                endpoints.kafka(),
                EntryRecords.CHANGELOG,
                record -> written.put(ByteBuffer.wrap(record.key()), record));
        EntryRecords records = new EntryRecords(partitions, registry);
        for (UsageEvent event : metered) {
            var expected = records.of(event, EntryRecords.generation(now.toEpochMilli()));
            var found = written.get(ByteBuffer.wrap(expected.key()));
            if (found == null
                    || found.partition() != expected.partition()
                    || !Arrays.equals(found.value(), expected.value())) {
                throw new IllegalStateException(
                        "the topology keeps its entries otherwise than this benchmark writes them; event " + event.id()
                                + (found == null ? " has none under its key" : " has another"));
            }
        }
    }

    /** Writes so many entries. The broker's cleaner leaves them alone: it would be long done with them. */
    void write(int ids) throws Exception {
        postponeCompaction();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (EventTopic changelog = new EventTopic(endpoints.kafka(), EntryRecords.CHANGELOG);
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(EventTopic.producerSettings(endpoints.kafka()))) {
            long before = changelog.end();
            List<Future<?>> writing = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> write(writer, share(ids, writer), producer)))
                    .toList();
            for (Future<?> each : writing) {
                Object unused = each.get();
            }
            producer.flush();
            long written = changelog.end() - before;
            if (written != ids) {
                throw new IllegalStateException(written + " entries were written and not " + ids);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The first that were written, again: of all generations. */
    Supplier<UsageEvent> again() {
        return new UsageLoad(SEED, now)::next;
    }

    private void write(int writer, int ids, Producer<byte[], byte[]> producer) {
        UsageLoad load = new UsageLoad(SEED + writer, now);
        EntryRecords records = new EntryRecords(partitions, registry);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long present = EntryRecords.generation(now.toEpochMilli());
        for (int i = 0; i < ids; i++) {
            long generation = i % IN_ALL_GENERATIONS == 0 ? present : EntryRecords.before(present);
            ProducerRecord<byte[], byte[]> record = records.of(load.next(), generation);
            Future<RecordMetadata> unused = producer.send(record, (sent, failed) -> {
                if (failed != null) {
                    failure.set(failed);
                }
            });
        }
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the changelog was not filled", failed);
        }
    }

    private static int share(int ids, int writer) {
        return ids / WRITERS + (writer < ids % WRITERS ? 1 : 0);
    }

    private void postponeCompaction() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, endpoints.kafka()))) {
            ConfigEntry later = new ConfigEntry(
                    TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                    Long.toString(Duration.ofDays(1).toMillis()));
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, EntryRecords.CHANGELOG),
                            List.of(new AlterConfigOp(later, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
