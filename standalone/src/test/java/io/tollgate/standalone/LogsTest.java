package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogsTest {
    @Test
    void aLineOfJsonHasItsMembersAndIsOneLineWhateverIsInThem(@TempDir Path folder) throws Exception {
        List<String> lines = logged(folder, "json");

        assertThat(lines).hasSize(2);
        JsonNode line = JsonMapper.shared().readTree(lines.get(0));
        assertThat(line.path("message").asString()).isEqualTo("request req_1 failed");
        assertThat(line.path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("logger_name").asString()).isEqualTo("io.tollgate.test");
        assertThat(line.path("request_id").asString()).isEqualTo("req_1");
        assertThat(line.path("event_id").asString()).isEqualTo("two\nlines");
        assertThat(line.path("trace_id").isNull()).isTrue();
        assertThat(JsonMapper.shared()
                        .readTree(lines.get(1))
                        .path("stack_trace")
                        .asString())
                .contains("IllegalStateException: why");
    }

    @Test
    void aLineOfTextHasItsMessage(@TempDir Path folder) throws Exception {
        List<String> lines = logged(folder, "text");

        assertThat(lines.get(0)).endsWith("io.tollgate.test: request req_1 failed");
        assertThat(lines).anyMatch(line -> line.contains("IllegalStateException: why"));
    }

    private static List<String> logged(Path folder, String format) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("tollgate.logs", folder.toString());
        context.putProperty("tollgate.log-format", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Objects.requireNonNull(LogsTest.class.getResource("/io/tollgate/standalone/logback.xml")));
        context.getLogger("io.tollgate").detachAppender("CONSOLE");
        context.getLogger("io.tollgate.test")
                .atWarn()
                .addKeyValue("request_id", "req_1")
                .addKeyValue("event_id", "two\nlines")
                .addKeyValue("trace_id", (Object) null)
                .log("request {} failed", "req_1");
        context.getLogger("io.tollgate.test").error("more", new IllegalStateException("why"));
        context.stop();
        return Files.readAllLines(folder.resolve("tollgate.log"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-ingest", "metering-streams", "billing-sink", "usage-api"})
    void eachServiceWritesTextOrJson(String service) {
        assertThat(consoleFormat(service, Map.of())).isEmpty();
        assertThat(consoleFormat(service, Map.of("TOLLGATE_LOG_FORMAT", "text")))
                .isEmpty();
        assertThat(consoleFormat(service, Map.of("TOLLGATE_LOG_FORMAT", "json")))
                .isEqualTo("logstash");
        assertThatThrownBy(() -> consoleFormat(service, Map.of("TOLLGATE_LOG_FORMAT", "xml")))
                .hasMessageContaining("tollgate.log-formats.xml");
    }

    /** What Spring Boot sets its logging up by. */
    private static String consoleFormat(String service, Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables)));
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("spring.config.name", service)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        return environment.getRequiredProperty("logging.structured.format.console");
    }

    @Test
    void theStandaloneStackTakesTheSameTwo() {
        assertThat(Logs.format(Map.of())).isEqualTo("text");
        assertThat(Logs.format(Map.of("TOLLGATE_LOG_FORMAT", "json"))).isEqualTo("json");
        assertThatThrownBy(() -> Logs.format(Map.of("TOLLGATE_LOG_FORMAT", "xml")))
                .hasMessage("TOLLGATE_LOG_FORMAT is 'xml'; it may be text or json");
    }
}
