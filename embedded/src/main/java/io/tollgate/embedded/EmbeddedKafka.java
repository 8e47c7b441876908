package io.tollgate.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;

/**
 * Kafka's own broker and controller, one node or a member of a cluster, in this JVM. What it has acknowledged survives a {@code kill -9} of the
 * JVM (the page cache keeps it), and the folder may be opened on other ports than before: the quorum's voter is named
 * in the settings of each start, not in the data.
 *
 * <p>It logs much at level INFO; the application sets {@code kafka}, {@code org.apache.kafka} and
 * {@code state.change.logger} to WARN.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(20);

    private final SingleInstanceLock lock;
    private final int port;
    private final String clusterId;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final KafkaFaults faults;

    private EmbeddedKafka(
            SingleInstanceLock lock,
            int port,
            String clusterId,
            ControllerServer controller,
            BrokerServer broker,
            KafkaFaults faults) {
        this.lock = lock;
        this.port = port;
        this.clusterId = clusterId;
        this.controller = controller;
        this.broker = broker;
        this.faults = faults;
    }

    /** On a free port. */
    public static EmbeddedKafka start(Path folder) {
        return start(folder, 0);
    }

    public static EmbeddedKafka start(Path folder, int port) {
        return start(folder, port, Map.of());
    }

    /**
     * With broker properties of one's own.
     *
     * @param folder made and formatted where it isn't yet
     * @param port for clients, on 127.0.0.1; 0 takes a free one
     * @param overrides broker properties that differ from the embedded ones
     */
    public static EmbeddedKafka start(Path folder, int port, Map<String, String> overrides) {
        return start(folder, port, ClusterMember.alone(), overrides);
    }

    /** The same as a member of a cluster; it returns when the quorum has a leader, which takes most of its members. */
    public static EmbeddedKafka start(Path folder, int port, ClusterMember member, Map<String, String> overrides) {
        // Kafka's own lock comes after its metadata log was opened, too late for a second start to do no harm.
        SingleInstanceLock lock = SingleInstanceLock.acquire(folder);
        try {
            Path data = folder.toAbsolutePath().normalize();
            KafkaStorage.formatOnce(data, member);
            BoundSockets sockets = BoundSockets.open(port, member.quorumPort());
            try {
                return start(lock, data, member.listening(sockets.quorumPort()), sockets, overrides);
            } catch (Exception e) {
                sockets.close();
                throw e;
            }
        } catch (Exception e) {
            lock.close();
            throw new EmbeddedServerException("Kafka did not start in " + folder, e);
        }
    }

    private static EmbeddedKafka start(
            SingleInstanceLock lock,
            Path data,
            ClusterMember member,
            BoundSockets sockets,
            Map<String, String> overrides)
            throws Exception {
        KafkaConfig config =
                KafkaConfig.fromProps(KafkaProperties.of(data, member, sockets.clientPort(), overrides), false);
        MetaPropertiesEnsemble storage = KafkaStorage.load(data);
        String clusterId = storage.clusterId().orElseThrow();
        KafkaFaults faults = new KafkaFaults();
        SharedServer shared = new SharedServer(
                config,
                storage,
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
                faults,
                sockets);
        BrokerServer broker = new BrokerServer(shared);
        ControllerServer controller = new ControllerServer(
                shared, KafkaRaftServer.configSchema(), new BootstrapDirectory(data.toString()).read());
        EmbeddedKafka kafka = new EmbeddedKafka(lock, sockets.clientPort(), clusterId, controller, broker, faults);
        try {
            // The controller first: the broker registers with it.
            controller.startup();
            broker.startup();
            return kafka;
        } catch (Throwable e) {
            kafka.shutdown();
            throw e;
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Made at the first start of the folder, the same ever after. */
    public String clusterId() {
        return clusterId;
    }

    /** Completes if the broker can't go on, a full disk say; the application should then end. */
    public CompletableFuture<Throwable> fault() {
        return faults.fatal();
    }

    /** Orderly: the next start finds its logs marked clean and reads none of them again. */
    @Override
    public void close() {
        shutdown();
        lock.close();
    }

    private void shutdown() {
        // The broker first: it asks the controller for a controlled shutdown.
        broker.shutdown(SHUTDOWN_LIMIT);
        controller.shutdown();
    }
}
