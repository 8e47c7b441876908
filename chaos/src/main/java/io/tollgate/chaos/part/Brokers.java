package io.tollgate.chaos.part;

import io.tollgate.chaos.fault.FaultProxy;
import io.tollgate.embedded.ClusterMember;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;

/**
 * The brokers, each also a controller. Where there are proxies, each broker has a second listener and tells whoever comes
 * by it to come back through the proxy.
 */
public final class Brokers {
    private static final long ANSWER_SECONDS = 5;

    private final List<Part> parts = new ArrayList<>();
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final String direct;
    private final String proxied;

    Brokers(Layout layout, Ports ports, Path folder, Path logs) throws IOException {
        int count = layout.brokers();
        SortedMap<Integer, Integer> quorum = new TreeMap<>();
        List<Integer> clients = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            quorum.put(id, ports.next());
            clients.add(ports.next());
        }
        direct = addresses(clients);
        String clusterId = ClusterMember.newClusterId();
        for (int id = 1; id <= count; id++) {
            int port = clients.get(id - 1);
            List<String> arguments = new ArrayList<>(List.of(
                    folder.resolve("broker-" + id).toString(),
                    Integer.toString(port),
                    Integer.toString(id),
                    clusterId,
                    quorum.entrySet().stream()
                            .map(voter -> voter.getKey() + "=" + voter.getValue())
                            .collect(Collectors.joining(","))));
            if (layout.proxied()) {
                int behind = ports.next();
                FaultProxy proxy = FaultProxy.to(behind);
                proxies.add(proxy);
                arguments.addAll(listeners(port, behind, proxy.port(), quorum.getOrDefault(id, 0)));
            }
            int node = id;
            parts.add(new Part(
                    PartKind.BROKER,
                    "broker-" + id,
                    Part.java(
                            BrokerMain.class.getName(),
                            "320m",
                            List.of("-Dlogback.configurationFile=io/tollgate/chaos/logback.xml"),
                            arguments),
                    Map.of(),
                    logs.resolve("broker-" + id + ".log"),
                    () -> isMember(node)));
        }
        proxied = proxies.isEmpty()
                ? direct
                : addresses(proxies.stream().map(FaultProxy::port).toList());
    }

    private static List<String> listeners(int port, int behind, int proxy, int quorumPort) {
        return List.of(
                "listeners=CLIENT://127.0.0.1:" + port + ",PROXIED://127.0.0.1:" + behind + ",CONTROLLER://127.0.0.1:"
                        + quorumPort,
                "advertised.listeners=CLIENT://127.0.0.1:" + port + ",PROXIED://127.0.0.1:" + proxy,
                "listener.security.protocol.map=CLIENT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT");
    }

    private static String addresses(List<Integer> ports) {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    private boolean isMember(int node) throws Exception {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                direct,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TimeUnit.SECONDS.toMillis(ANSWER_SECONDS),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) TimeUnit.SECONDS.toMillis(ANSWER_SECONDS)))) {
            return admin.describeCluster().nodes().get().stream().map(Node::id).anyMatch(id -> id == node);
        }
    }

    List<Part> parts() {
        return parts;
    }

    /** Without proxies between. */
    public String direct() {
        return direct;
    }

    /** Through the proxies, where there are any. */
    String proxied() {
        return proxied;
    }

    public List<FaultProxy> proxies() {
        return proxies;
    }
}
