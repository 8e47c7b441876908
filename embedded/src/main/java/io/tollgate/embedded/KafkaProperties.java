package io.tollgate.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The settings of a broker that may be alone, shares its JVM with the services, and must be up within seconds. */
final class KafkaProperties {
    private static final String CLIENT_LISTENER = "CLIENT";
    private static final int YEAR_IN_MINUTES = 365 * 24 * 60;

    private KafkaProperties() {}

    static Properties of(Path folder, ClusterMember member, int clientPort, Map<String, String> overrides) {
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(member.id())),
                Map.entry("log.dirs", folder.toString()),
                Map.entry(
                        "listeners",
                        CLIENT_LISTENER + "://127.0.0.1:" + clientPort + "," + KafkaStorage.CONTROLLER_LISTENER
                                + "://127.0.0.1:" + member.quorumPort()),
                Map.entry(
                        "listener.security.protocol.map",
                        CLIENT_LISTENER + ":PLAINTEXT," + KafkaStorage.CONTROLLER_LISTENER + ":PLAINTEXT"),
                Map.entry("inter.broker.listener.name", CLIENT_LISTENER),
                Map.entry("controller.listener.names", KafkaStorage.CONTROLLER_LISTENER),
                Map.entry("controller.quorum.voters", member.voters())));
        properties.putAll(small(member.copies()));
        properties.putAll(groups());
        properties.putAll(modest());
        properties.putAll(overrides);
        return properties;
    }

    /** Few nodes: internal topics have as many copies, and few partitions, whose files are made at the first start. */
    private static Map<String, String> small(int copies) {
        String replicas = Integer.toString(copies);
        String inSync = Integer.toString(Math.max(1, copies - 1));
        return Map.ofEntries(
                // After a kill the controller takes the dead broker for a living one for so long, and the start waits.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("num.partitions", "1"),
                Map.entry("default.replication.factor", replicas),
                Map.entry("offsets.topic.replication.factor", replicas),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", replicas),
                Map.entry("transaction.state.log.min.isr", inSync),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", replicas),
                Map.entry("share.coordinator.state.topic.min.isr", inSync),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"));
    }

    private static Map<String, String> groups() {
        return Map.ofEntries(
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "1000"),
                Map.entry("group.consumer.min.session.timeout.ms", "6000"),
                Map.entry("group.consumer.min.heartbeat.interval.ms", "1000"),
                Map.entry("group.streams.min.session.timeout.ms", "6000"),
                Map.entry("group.streams.min.heartbeat.interval.ms", "1000"),
                // Readers of committed data wait for a dead producer's transaction no longer than its own time-out.
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
                // An installation that was off for months goes on where it was.
                Map.entry("offsets.retention.minutes", Integer.toString(YEAR_IN_MINUTES)));
    }

    /** Memory and threads for a broker in one JVM with everything else. */
    private static Map<String, String> modest() {
        return Map.ofEntries(
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "4"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                // Twice a second otherwise, each with a sync to the disk, though nothing happens.
                Map.entry("metadata.max.idle.interval.ms", "5000"));
    }
}
