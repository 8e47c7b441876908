package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.streams.store.RocksMemory;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** That what is under {@code tollgate.kafka.security} reaches each client that Kafka Streams makes. */
class SecuredClientsTest {
    private static final Map<String, String> SECURITY = Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "SCRAM-SHA-512",
            "sasl.jaas.config", "some.LoginModule required password=\"hush\";",
            "ssl.truststore.type", "PEM");

    @Test
    void everyClientOfTheTopologyHasIt() {
        StreamsSettings settings = new StreamsSettings(
                "kafka:9093",
                SECURITY,
                "http://localhost",
                null,
                null,
                null,
                (short) 1,
                1,
                "test",
                1,
                0,
                Path.of("unused"),
                64,
                "classic");
        try (RocksMemory memory = new RocksMemory(64 << 20)) {
            StreamsConfig config = new StreamsConfig(StreamsProperties.of(settings, memory));

            assertThat(config.getMainConsumerConfigs("group", "client", 0)).containsAllEntriesOf(SECURITY);
            assertThat(config.getRestoreConsumerConfigs("client")).containsAllEntriesOf(SECURITY);
            assertThat(config.getGlobalConsumerConfigs("client")).containsAllEntriesOf(SECURITY);
            assertThat(config.getProducerConfigs("client")).containsAllEntriesOf(SECURITY);
            assertThat(config.getAdminConfigs("client")).containsAllEntriesOf(SECURITY);
        }
        assertThat(settings.toString()).doesNotContain("hush");
    }
}
