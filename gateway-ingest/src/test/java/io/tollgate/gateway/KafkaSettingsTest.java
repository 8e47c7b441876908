package io.tollgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.schemas.kafka.KafkaCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                    "ssl.endpoint.identification.algorithm", "https"));

    @Test
    void isReadFromTheEnvironment() {
        assertThat(cluster(environment(Map.of(
                        "TOLLGATE_KAFKA", "kafka:9093",
                        "TOLLGATE_KAFKA_SECURITY_SECURITY_PROTOCOL", "SASL_SSL",
                        "TOLLGATE_KAFKA_SECURITY_SASL_MECHANISM", "PLAIN",
                        "TOLLGATE_KAFKA_SECURITY_SASL_JAAS_CONFIG", JAAS,
                        "TOLLGATE_KAFKA_SECURITY_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "https"))))
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
                            ssl.endpoint.identification.algorithm: https
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
                                    ssl.endpoint.identification.algorithm: https
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
                                "tollgate.kafka.security.ssl.endpoint.identification.algorithm", "https"))))
                .isEqualTo(WANTED);
    }

    @Test
    void theDocumentsExamplesMeanTheSame(@TempDir Path folder) throws IOException {
        Path ca = Files.createFile(folder.resolve("ca.pem"));
        String page = Files.readString(Path.of("../docs/connections.md"))
                .replaceAll("/etc/tollgate/(kafka-)?ca.pem", ca.toString());

        KafkaCluster inYaml = cluster(yaml(block(page, "yaml", "tollgate:")));
        assertThat(inYaml.security())
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("ssl.truststore.location", ca.toString())
                .hasSize(5);
        assertThat(cluster(environment(variables(block(page, "sh", "TOLLGATE_KAFKA=")))))
                .isEqualTo(inYaml);
        Map<String, Object> compose = new HashMap<>();
        MapPropertySource parts = (MapPropertySource) yaml(block(page, "yaml", "x-service:"));
        for (String name : parts.getPropertyNames()) {
            if (name.startsWith("x-kafka-and-registry.")) {
                compose.put(
                        name.substring(name.indexOf('.') + 1),
                        name.endsWith("_JAAS_CONFIG")
                                ? inYaml.security().get("sasl.jaas.config")
                                : String.valueOf(parts.getProperty(name)));
            }
        }
        assertThat(cluster(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, compose)))
                .isEqualTo(inYaml);
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

    /** The block of code of that language that begins so. */
    private static String block(String page, String language, String beginning) {
        int start = page.indexOf("```" + language + "\n" + beginning);
        assertThat(start).as(beginning).isNotNegative();
        int text = page.indexOf('\n', start) + 1;
        return page.substring(text, page.indexOf("```", text));
    }

    /** Of lines for a shell. */
    private static Map<String, String> variables(String lines) {
        return lines.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1].replaceAll("^'|'$", "")));
    }
}
