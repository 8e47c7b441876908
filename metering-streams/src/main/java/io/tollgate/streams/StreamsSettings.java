package io.tollgate.streams;

import io.tollgate.schemas.kafka.KafkaCluster;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Settings of this service. Guarantees are not among them: exactly-once, isolation and acks are code, in
 * {@link StreamsProperties}.
 *
 * @param kafka {@code host:port} of one or more brokers
 * @param kafkaSecurity under {@code tollgate.kafka.security}: how Kafka's clients are let in
 * @param registry base of the schema registry's Confluent API
 * @param replication copies of every topic and changelog; 3 in production
 * @param partitions of the topics that are spread by event, chosen once for the life of a cluster
 * @param instanceId names this instance among those that share the work, the same after a restart: so a restarted
 *     instance takes its partitions up again without a rebalance. Two running instances must not share one.
 * @param threads that process partitions; more than partitions are idle
 * @param standbys warm copies of each store on other instances; 1 where there is more than one instance
 * @param stateDir folder of the stores; it should outlive a restart, what is lost is read again from Kafka
 * @param storeMemoryMb native memory for all stores together
 * @param groupProtocol {@code classic}, or {@code streams} (no static members and a session of 45 s in Kafka 4.3)
 */
@ConfigurationProperties("tollgate")
public record StreamsSettings(
        String kafka,
        @Name("kafka.security") @DefaultValue Map<String, String> kafkaSecurity,
        String registry,
        short replication,
        int partitions,
        String instanceId,
        int threads,
        int standbys,
        Path stateDir,
        int storeMemoryMb,
        String groupProtocol) {
    static final String CLASSIC = "classic";
    static final String STREAMS = "streams";

    private static final int LEAST_STORE_MEMORY_MB = 32;

    public StreamsSettings {
        // Refuses what can't be set.
        new KafkaCluster(kafka, kafkaSecurity);
        require(registry.startsWith("http"), "tollgate.registry must be a URL, it is " + registry);
        require(replication >= 1, "tollgate.replication must be 1 or more, it is " + replication);
        require(partitions >= 1, "tollgate.partitions must be 1 or more, it is " + partitions);
        require(!instanceId.isBlank(), "tollgate.instance-id must not be empty");
        require(threads >= 1, "tollgate.threads must be 1 or more, it is " + threads);
        require(standbys >= 0, "tollgate.standbys must be 0 or more, it is " + standbys);
        require(
                storeMemoryMb >= LEAST_STORE_MEMORY_MB,
                "tollgate.store-memory-mb must be " + LEAST_STORE_MEMORY_MB + " or more, it is " + storeMemoryMb);
        groupProtocol = groupProtocol.toLowerCase(Locale.ROOT);
        require(
                groupProtocol.equals(CLASSIC) || groupProtocol.equals(STREAMS),
                "tollgate.group-protocol must be classic or streams, it is " + groupProtocol);
    }

    KafkaCluster cluster() {
        return new KafkaCluster(kafka, kafkaSecurity);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
