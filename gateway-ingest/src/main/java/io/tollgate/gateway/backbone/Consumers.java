package io.tollgate.gateway.backbone;

import io.tollgate.schemas.kafka.KafkaCluster;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers of committed records, without a group: where to read is said by who reads. */
public final class Consumers {
    private Consumers() {}

    /**
     * A new one, with nothing assigned.
     *
     * @param mostRecords in one poll
     * @param mostBytes of a partition in one fetch
     */
    public static Consumer<byte[], byte[]> open(KafkaCluster kafka, int mostRecords, int mostBytes) {
        Map<String, Object> settings = kafka.settings();
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "tollgate-gateway-reader");
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostRecords);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, mostBytes);
        return new KafkaConsumer<>(settings);
    }
}
