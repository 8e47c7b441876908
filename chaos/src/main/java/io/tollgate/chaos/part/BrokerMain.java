package io.tollgate.chaos.part;

import io.tollgate.embedded.ClusterMember;
import io.tollgate.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** One broker: folder, port, id, cluster id, quorum ({@code 1=port,2=port}), then broker properties as name=value. */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        Map<Integer, Integer> quorum = new HashMap<>();
        for (String voter : arguments[4].split(",", -1)) {
            String[] parts = voter.split("=", -1);
            quorum.put(Integer.valueOf(parts[0]), Integer.valueOf(parts[1]));
        }
        Map<String, String> overrides = new HashMap<>();
        Arrays.stream(arguments).skip(5).forEach(override -> {
            int equals = override.indexOf('=');
            overrides.put(override.substring(0, equals), override.substring(equals + 1));
        });
        ClusterMember member = new ClusterMember(Integer.parseInt(arguments[2]), arguments[3], new TreeMap<>(quorum));
        try (EmbeddedKafka kafka =
                EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), member, overrides)) {
            throw new IllegalStateException(
                    "the broker can't go on", kafka.fault().get());
        }
    }
}
