package io.tollgate.embedded;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * Which broker and controller of a cluster on 127.0.0.1 a folder belongs to. All members are started with the same
 * cluster id and the same quorum; each keeps its number and its quorum's port for ever.
 *
 * @param id of this member, one of the quorum's
 * @param clusterId of a folder that is formatted; one that is formatted already keeps its own
 * @param quorum the port on which each member's controller listens; 0 takes a free one, which only works alone
 */
public record ClusterMember(int id, String clusterId, SortedMap<Integer, Integer> quorum) {
    private static final int MOST_COPIES = 3;

    public ClusterMember {
        quorum = new TreeMap<>(quorum);
        if (!quorum.containsKey(id)) {
            throw new IllegalArgumentException("member " + id + " is not of the quorum " + quorum);
        }
    }

    /** A cluster of one. */
    static ClusterMember alone() {
        return new ClusterMember(1, newClusterId(), new TreeMap<>(Map.of(1, 0)));
    }

    public static String newClusterId() {
        return Uuid.randomUuid().toString();
    }

    int quorumPort() {
        return quorum.getOrDefault(id, 0);
    }

    /** Once its own port is known. */
    ClusterMember listening(int quorumPort) {
        SortedMap<Integer, Integer> ports = new TreeMap<>(quorum);
        ports.put(id, quorumPort);
        return new ClusterMember(id, clusterId, ports);
    }

    String voters() {
        return quorum.entrySet().stream()
                .map(voter -> voter.getKey() + "@127.0.0.1:" + voter.getValue())
                .collect(Collectors.joining(","));
    }

    /** Of Kafka's own topics. */
    int copies() {
        return Math.min(MOST_COPIES, quorum.size());
    }
}
