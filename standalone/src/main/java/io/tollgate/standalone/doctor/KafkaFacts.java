package io.tollgate.standalone.doctor;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the brokers say of themselves and of the topics.
 *
 * @param metadataVersion level that the cluster has settled on; 0: it does not say
 * @param topics those that are there
 * @param ends behind the last record of each partition
 * @param metering what metering-streams has committed
 * @param meteringMembers instances that read for it
 * @param newest time of the newest record; null where there is none
 */
record KafkaFacts(
        String clusterId,
        int brokers,
        int metadataVersion,
        Map<String, TopicFacts> topics,
        Map<TopicPartition, Long> ends,
        Map<TopicPartition, Long> metering,
        int meteringMembers,
        @Nullable Instant newest) {
    /**
     * One topic.
     *
     * @param thin partitions with fewer copies in sync than an ack needs
     * @param settings as they are in force
     */
    record TopicFacts(int partitions, int replication, int behind, int thin, Map<String, String> settings) {}
}
