package io.tollgate.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClusterTest {
    private static final String JAAS = "some.LoginModule required password=\"hush\";";

    @Test
    void aClientGetsTheServersAndTheSecurityAndMayAddItsOwn() {
        KafkaCluster cluster = new KafkaCluster("a:1,b:2", Map.of("security.protocol", "SSL"));

        Map<String, Object> settings = cluster.settings();
        assertThat(settings).isEqualTo(Map.of("bootstrap.servers", "a:1,b:2", "security.protocol", "SSL"));
        settings.put("client.id", "mine");
        assertThat(cluster.settings()).doesNotContainKey("client.id");
        assertThat(KafkaCluster.at("a:1").settings()).isEqualTo(Map.of("bootstrap.servers", "a:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acks", "isolation.level", "client.id", "security.providers", "bootstrap.servers", "saslx.y"})
    void whatIsNotSecurityIsRefused(String name) {
        assertThatThrownBy(() -> new KafkaCluster("a:1", Map.of(name, "hush")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tollgate.kafka.security." + name + " can't be set: only security.protocol")
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sasl.mechansim", "ssl.truststore", "sasl.enabled.mechanisms"})
    void aNameThatKafkasClientsDontKnowIsRefused(String name) {
        assertThatThrownBy(() -> new KafkaCluster("a:1", Map.of(name, "hush")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "tollgate.kafka.security." + name + " is no setting of Kafka's clients: look at its spelling");
    }

    @Test
    void noBrokerIsRefused() {
        assertThatThrownBy(() -> KafkaCluster.at(" ")).hasMessage("tollgate.kafka must name a broker, host:port");
    }

    @Test
    void itsTextHasNoSecret() {
        KafkaCluster cluster =
                new KafkaCluster("a:1", Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", JAAS));

        assertThat(cluster).hasToString("a:1 (SASL_SSL)");
        assertThat(KafkaCluster.at("a:1")).hasToString("a:1");
    }

    /** What a client logs of its configuration hides values of this type. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.keystore.password",
                "ssl.key.password",
                "ssl.keystore.key",
                "ssl.truststore.password",
                "sasl.oauthbearer.client.credentials.client.secret"
            })
    void kafkaItselfHidesTheSecretOnes(String name) {
        assertThat(AdminClientConfig.configDef().configKeys().get(name))
                .extracting(key -> key.type)
                .isEqualTo(ConfigDef.Type.PASSWORD);
    }
}
