package io.tollgate.schemas.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * What every client of a Kafka cluster begins with: where it is, and how to be let in. Nothing else can be set from
 * outside, since what the clients guarantee is code.
 *
 * @param bootstrapServers {@code host:port,host:port}
 * @param security settings of Kafka's clients: {@code security.protocol}, {@code sasl.…} and {@code ssl.…}
 */
public record KafkaCluster(String bootstrapServers, Map<String, String> security) {
    private static final String PROTOCOL = CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;
    private static final Set<String> KNOWN = AdminClientConfig.configNames();

    /** @throws IllegalArgumentException if it names no broker, or a setting that is none of these; no value is named */
    public KafkaCluster {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("tollgate.kafka must name a broker, host:port");
        }
        security.keySet().forEach(KafkaCluster::requireAllowed);
        security = Map.copyOf(security);
    }

    /** One that lets anybody in. */
    public static KafkaCluster at(String bootstrapServers) {
        return new KafkaCluster(bootstrapServers, Map.of());
    }

    /** A new map for a client to add its own settings to. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(security);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }

    private static void requireAllowed(String name) {
        boolean ofSecurity = name.equals(PROTOCOL) || name.startsWith("sasl.") || name.startsWith("ssl.");
        if (!ofSecurity) {
            throw new IllegalArgumentException("tollgate.kafka.security." + name
                    + " can't be set: only security.protocol, sasl.… and ssl.… are passed to Kafka's clients");
        }
        if (!KNOWN.contains(name)) {
            throw new IllegalArgumentException(
                    "tollgate.kafka.security." + name + " is no setting of Kafka's clients: look at its spelling");
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return security.isEmpty()
                ? bootstrapServers
                : bootstrapServers + " (" + security.getOrDefault(PROTOCOL, "PLAINTEXT") + ")";
    }
}
