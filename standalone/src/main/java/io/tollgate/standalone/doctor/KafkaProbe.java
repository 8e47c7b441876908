package io.tollgate.standalone.doctor;

import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.topic.Groups;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.doctor.KafkaFacts.TopicFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Asks the brokers, and changes nothing. */
final class KafkaProbe {
    private static final int LIMIT_MILLIS = 5_000;

    private KafkaProbe() {}

    /** @throws KafkaException if they don't answer, or not to us */
    static KafkaFacts ask(KafkaCluster cluster) throws InterruptedException {
        Map<String, Object> settings = cluster.settings();
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "tollgate-doctor");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            return facts(admin);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer within " + Duration.ofMillis(LIMIT_MILLIS), e);
        }
    }

    private static KafkaFacts facts(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        var cluster = admin.describeCluster();
        String id = get(cluster.clusterId());
        int brokers = get(cluster.nodes()).size();
        var levels = get(admin.describeFeatures().featureMetadata()).finalizedFeatures();
        var metadata = levels.get("metadata.version");
        Set<String> names = get(admin.listTopics().names());
        List<String> ours =
                Topics.ALL.stream().map(Topic::name).filter(names::contains).toList();
        Map<String, TopicDescription> described = get(admin.describeTopics(ours).allTopicNames());
        Map<TopicPartition, Long> ends = new HashMap<>();
        offsets(admin, described, OffsetSpec.latest())
                .forEach((partition, found) -> ends.put(partition, found.offset()));
        Map<TopicPartition, Long> committed = new HashMap<>();
        get(admin.listConsumerGroupOffsets(Groups.METERING).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> put(committed, partition, offset));
        return new KafkaFacts(
                id,
                brokers,
                metadata == null ? 0 : metadata.maxVersionLevel(),
                topics(described, configs(admin, ours)),
                ends,
                committed,
                members(admin),
                newest(offsets(admin, described, OffsetSpec.maxTimestamp())));
    }

    private static Map<String, TopicFacts> topics(
            Map<String, TopicDescription> described, Map<String, Map<String, String>> configs) {
        Map<String, TopicFacts> topics = new HashMap<>();
        described.forEach((name, topic) -> {
            Map<String, String> settings = configs.getOrDefault(name, Map.of());
            int least = Integer.parseInt(settings.getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "1"));
            int behind = 0;
            int thin = 0;
            int replication = 0;
            for (var partition : topic.partitions()) {
                replication = Math.max(replication, partition.replicas().size());
                behind += partition.isr().size() < partition.replicas().size() ? 1 : 0;
                thin += partition.isr().size() < least || partition.leader() == null ? 1 : 0;
            }
            topics.put(name, new TopicFacts(topic.partitions().size(), replication, behind, thin, settings));
        });
        return topics;
    }

    private static Map<String, Map<String, String>> configs(Admin admin, List<String> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        List<ConfigResource> asked = topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> configs = new HashMap<>();
        for (Map.Entry<ConfigResource, Config> entry :
                get(admin.describeConfigs(asked).all()).entrySet()) {
            Map<String, String> settings = new HashMap<>();
            for (ConfigEntry setting : entry.getValue().entries()) {
                if (setting.value() != null) {
                    settings.put(setting.name(), setting.value());
                }
            }
            configs.put(entry.getKey().name(), settings);
        }
        return configs;
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, Map<String, TopicDescription> topics, OffsetSpec what)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        topics.forEach((name, topic) -> topic.partitions()
                .forEach(partition -> asked.put(new TopicPartition(name, partition.partition()), what)));
        return get(admin.listOffsets(asked).all());
    }

    private static int members(Admin admin) throws TimeoutException, InterruptedException, ExecutionException {
        try {
            return get(admin.describeConsumerGroups(List.of(Groups.METERING)).all())
                    .values()
                    .iterator()
                    .next()
                    .members()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    private static @Nullable Instant newest(Map<TopicPartition, ListOffsetsResultInfo> found) {
        long newest = found.values().stream()
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .max()
                .orElse(-1);
        return newest < 0 ? null : Instant.ofEpochMilli(newest);
    }

    private static void put(
            Map<TopicPartition, Long> committed, TopicPartition partition, @Nullable OffsetAndMetadata offset) {
        if (offset != null) {
            committed.put(partition, offset.offset());
        }
    }

    private static <T> T get(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }
}
