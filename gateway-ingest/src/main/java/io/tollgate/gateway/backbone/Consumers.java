package io.tollgate.gateway.backbone;

import io.tollgate.schemas.kafka.GrouplessConsumer;
import io.tollgate.schemas.kafka.KafkaCluster;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

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
        return new GrouplessConsumer(
                kafka,
                Map.of(
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "tollgate-gateway-reader",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        100,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        mostRecords,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        mostBytes));
    }
}
