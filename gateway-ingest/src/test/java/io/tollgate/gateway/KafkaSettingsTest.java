package io.tollgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.schemas.kafka.KafkaCluster;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** That {@code tollgate.kafka.security} reaches the settings whichever way it is given. */
class KafkaSettingsTest {
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"gateway\" password=\"p=1\";";
    private static final KafkaCluster WANTED = new KafkaCluster(
            "kafka:9093",
            Map.of(
                    "security.protocol", "SASL_SSL",
                    "sasl.mechanism", "PLAIN",
                    "sasl.jaas.config", JAAS,
                    "ssl.truststore.location", "/etc/tollgate/kafka.pem"));

    @Test
    void isReadFromTheEnvironment() {
        assertThat(cluster(environment(Map.of(
                        "TOLLGATE_KAFKA", "kafka:9093",
                        "TOLLGATE_KAFKA_SECURITY_SECURITY_PROTOCOL", "SASL_SSL",
                        "TOLLGATE_KAFKA_SECURITY_SASL_MECHANISM", "PLAIN",
                        "TOLLGATE_KAFKA_SECURITY_SASL_JAAS_CONFIG", JAAS,
                        "TOLLGATE_KAFKA_SECURITY_SSL_TRUSTSTORE_LOCATION", "/etc/tollgate/kafka.pem"))))
                .isEqualTo(WANTED);
    }

    @Test
    void isReadFromYaml() throws IOException {
        assertThat(cluster(yaml(
                        """
                        tollgate:
                          kafka: kafka:9093
                          kafka.security:
                            security.protocol: SASL_SSL
                            sasl.mechanism: PLAIN
                            sasl.jaas.config: '%s'
                            ssl.truststore.location: /etc/tollgate/kafka.pem
                        """
                                .formatted(JAAS))))
                .isEqualTo(WANTED);
    }

    @Test
    void aPartMayComeFromElsewhereAndTheEnvironmentWins() throws IOException {
        assertThat(
                        cluster(
                                environment(Map.of("TOLLGATE_KAFKA_SECURITY_SASL_JAAS_CONFIG", JAAS)),
                                yaml(
                                        """
                                tollgate:
                                  kafka: kafka:9093
                                  kafka.security:
                                    security.protocol: SASL_SSL
                                    sasl:
                                      mechanism: PLAIN
                                      jaas.config: none
                                    ssl.truststore.location: /etc/tollgate/kafka.pem
                                """)))
                .isEqualTo(WANTED);
    }

    @Test
    void isReadFromTheCommandLine() {
        assertThat(cluster(new MapPropertySource(
                        "args",
                        Map.of(
                                "tollgate.kafka", "kafka:9093",
                                "tollgate.kafka.security.security.protocol", "SASL_SSL",
                                "tollgate.kafka.security.sasl.mechanism", "PLAIN",
                                "tollgate.kafka.security.sasl.jaas.config", JAAS,
                                "tollgate.kafka.security.ssl.truststore.location", "/etc/tollgate/kafka.pem"))))
                .isEqualTo(WANTED);
    }

    @Test
    void whatIsAGuaranteeCantBeSet() {
        assertThatThrownBy(() -> cluster(environment(Map.of("TOLLGATE_KAFKA_SECURITY_ACKS", "1"))))
                .rootCause()
                .hasMessage("tollgate.kafka.security.acks can't be set:"
                        + " only security.protocol, sasl.… and ssl.… are passed to Kafka's clients");
    }

    private static KafkaCluster cluster(PropertySource<?>... sources) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().stream()
                .toList()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        List.of(sources).forEach(environment.getPropertySources()::addLast);
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment)
                .bind("tollgate", GatewaySettings.class)
                .get()
                .cluster();
    }

    private static PropertySource<?> environment(Map<String, String> variables) {
        return new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables));
    }

    private static PropertySource<?> yaml(String text) throws IOException {
        return new YamlPropertySourceLoader()
                .load("yaml", new ByteArrayResource(text.getBytes(UTF_8)))
                .get(0);
    }
}
