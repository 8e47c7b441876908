package io.tollgate.streams;

import io.tollgate.streams.store.RocksMemory;
import io.tollgate.streams.store.StoreTuning;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** How the topology is run. What a guarantee hangs on is written here and can't be set from outside. */
final class StreamsProperties {
    /** Each commit is a transaction that readers wait for: it bounds both latency and throughput. */
    static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    /** A dead instance's partitions move after this long; a static member that is back before takes them up again. */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /**
     * Fifty commit intervals, so an ordinary stall does not cost a transaction; and half a session, so that the open
     * transaction of a dead instance is over before another one takes its partitions, and nobody waits behind it.
     */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    /** One batch per partition and commit at a hundred thousand records a second. */
    private static final int BATCH_BYTES = 128 << 10;

    /** Of each partition, before it is paused. They lie in the heap unpacked, and one may have 90 kB. */
    private static final int BUFFERED_RECORDS = 100;

    private static final int POLLED_RECORDS = 200;

    /**
     * Asked of a record before it is compressed, where the broker asks after. As large as the admin API's: configuration
     * that has come through the broker must go through a store's changelog too.
     */
    private static final int MAX_REQUEST_BYTES = 8 << 20;

    private StreamsProperties() {}

    static Properties of(StreamsSettings settings, RocksMemory memory) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, MeteringTopology.APPLICATION_ID);
        properties.putAll(settings.cluster().settings());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
        // Waits for what is on the broker before it takes from the other topic: a price change goes before what came
        // later.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replication());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreTuning.class);
        properties.put(StoreTuning.MEMORY, memory);
        // Expected failures are values. To carry on after any other would keep half of what a record did.
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class);
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        properties.put(mainConsumer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLLED_RECORDS);
        properties.put(producer(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(producer(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        properties.put(producer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        properties.put(
                producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()));
        properties.put(
                mainConsumer(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                Math.toIntExact(HangWatch.MOST_SILENT.toMillis()));
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, settings.groupProtocol());
        if (settings.groupProtocol().equals(StreamsSettings.CLASSIC)) {
            properties.put(mainConsumer(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), settings.instanceId());
            properties.put(
                    mainConsumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                    Math.toIntExact(SESSION_TIMEOUT.toMillis()));
            properties.put(
                    mainConsumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), Math.toIntExact(HEARTBEAT.toMillis()));
        }
        return properties;
    }

    private static String producer(String name) {
        return StreamsConfig.producerPrefix(name);
    }

    private static String mainConsumer(String name) {
        return StreamsConfig.mainConsumerPrefix(name);
    }
}
