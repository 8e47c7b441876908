package io.tollgate.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of {@code deploy/connect}: no setting that its connector does not know, classes that are there, keys of tables that
 * have those columns. Of Debezium's {@link DebeziumSinkIT} shows that they work; Confluent's connector is not ours to run.
 */
class DeployedConfigurationsTest {
    private static final String CONNECTORS = "(debezium|confluent)-usage-(rated|stats)\\.json";
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{env:(TOLLGATE_REGISTRY|CONNECT_JDBC_(URL|USER|PASSWORD))}");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(ConnectStack.DEPLOYED)) {
            List<Path> connectors = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertThat(connectors)
                    .hasSize(4)
                    .allMatch(file -> file.getFileName().toString().matches(CONNECTORS));
            return connectors.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySettingIsKnown(Path file) throws IOException {
        Map<String, String> settings = settings(file);
        Set<String> known = new HashSet<>(SinkConnectorConfig.configDef().names());
        known.addAll(options(isDebeziums(file) ? "debezium-jdbc-sink-3.6" : "confluent-jdbc-sink-10"));
        ConsumerConfig.configNames().forEach(name -> known.add("consumer.override." + name));
        new AvroConverter().config().names().forEach(name -> known.add("value.converter." + name));
        new UsageRows<>().config().names().forEach(name -> known.add("transforms.rows." + name));
        known.add("transforms.rows.type");

        assertThat(known).containsAll(settings.keySet());
    }

    @ParameterizedTest
    @MethodSource("files")
    void classesAreThoseThatThereAre(Path file) throws Exception {
        Map<String, String> settings = settings(file);

        assertThat(settings)
                .containsEntry(
                        "connector.class",
                        isDebeziums(file)
                                ? "io.debezium.connector.jdbc.JdbcSinkConnector"
                                : "io.confluent.connect.jdbc.JdbcSinkConnector");
        assertThat(instance(settings, "transforms.rows.type")).isInstanceOf(Transformation.class);
        assertThat(instance(settings, "key.converter")).isInstanceOf(Converter.class);
        if (isDebeziums(file)) {
            assertThat(instance(settings, "value.converter")).isInstanceOf(AvroConverter.class);
        } else {
            assertThat(settings).containsEntry("value.converter", "io.confluent.connect.avro.AvroConverter");
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatMustHoldForTheBooksHolds(Path file) throws IOException {
        Map<String, String> settings = settings(file);
        boolean totals = file.toString().contains("stats");

        assertThat(settings)
                .containsEntry("topics", totals ? "usage.stats" : "usage.rated")
                // Else rows of aborted transactions are counted.
                .containsEntry("consumer.override.isolation.level", "read_committed")
                // Else what is delivered again is counted again.
                .containsEntry("insert.mode", "upsert")
                .containsEntry(isDebeziums(file) ? "primary.key.mode" : "pk.mode", "record_value")
                // Else a tombstone takes a total away.
                .containsEntry("delete.enabled", "false")
                // Else the sink makes columns with a fixed number of decimals.
                .containsEntry(
                        isDebeziums(file) ? "schema.evolution" : "auto.create", isDebeziums(file) ? "none" : "false");
        List<String> keys = totals ? List.of("row_id") : List.of("event_hash", "sequence", "booked_on");
        assertThat(settings)
                .containsEntry(isDebeziums(file) ? "primary.key.fields" : "pk.fields", String.join(",", keys));
        new Tables(new RowForm(RowForm.Timestamps.CONNECT, null))
                .all()
                .filter(table -> table.name().startsWith("usage_stats") == totals)
                .map(Table::schema)
                .forEach(schema ->
                        keys.forEach(key -> assertThat(schema.field(key).schema())
                                .matches(type -> !type.isOptional(), key + " is always there")
                                .extracting(Schema::type)
                                .isNotEqualTo(Schema.Type.STRUCT)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void addressesComeFromTheEnvironmentAlone(Path file) throws IOException {
        settings(file).forEach((name, value) -> {
            if (value.contains("$") || value.contains("://") || name.contains("password")) {
                assertThat(value).as(name).matches(VARIABLE);
            }
        });
    }

    private static boolean isDebeziums(Path file) {
        return file.getFileName().toString().startsWith("debezium");
    }

    private static Map<String, String> settings(Path file) throws IOException {
        JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(json.path("name").asString()).startsWith("tollgate-usage-");
        return json.path("config").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, setting -> setting.getValue().asString()));
    }

    private static Object instance(Map<String, String> settings, String name) throws ReflectiveOperationException {
        return Class.forName(Objects.requireNonNull(settings.get(name)))
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Names of a connector's own options, one a line. */
    private static List<String> options(String connector) throws IOException {
        try (InputStream list = Objects.requireNonNull(
                DeployedConfigurationsTest.class.getResourceAsStream("/options/" + connector + ".txt"))) {
            return Arrays.stream(new String(list.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
