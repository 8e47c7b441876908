package io.tollgate.schemas.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the bytes of committed records without a group: who reads says where. It does not make a topic that is not
 * there. It has nothing to say when it goes, so it does not wait for its last fetch, which would take half a second.
 */
public final class GrouplessConsumer extends KafkaConsumer<byte[], byte[]> {
    /** They lie in the heap unpacked, and strangers' may have a megabyte each. */
    private static final int MOST_POLLED = 100;

    public GrouplessConsumer(KafkaCluster kafka) {
        this(kafka, Map.of());
    }

    /** @param settings beside or instead of the usual ones */
    public GrouplessConsumer(KafkaCluster kafka, Map<String, Object> settings) {
        super(settings(kafka, settings));
    }

    private static Map<String, Object> settings(KafkaCluster kafka, Map<String, Object> more) {
        Map<String, Object> settings = kafka.settings();
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_POLLED);
        settings.putAll(more);
        return settings;
    }

    @Override
    public void close() {
        close(CloseOptions.timeout(Duration.ZERO));
    }
}
