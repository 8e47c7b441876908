package io.tollgate.connect;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.embedded.FreePorts;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, PostgreSQL with the tables of {@code deploy/connect}, a registry, and a worker that runs the connectors of that
 * folder as they are: addresses reach them by the environment.
 */
final class ConnectStack {
    static final Path DEPLOYED = Path.of("..", "deploy", "connect");

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    final EmbeddedKafka kafka;
    final EmbeddedPostgres postgres;
    final EmbeddedRegistry registry;
    final Codecs codecs;
    final Admin admin;
    final ConnectWorker worker;

    ConnectStack(Path folder) throws IOException, SQLException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        registry = EmbeddedRegistry.start(folder.resolve("registry"));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
        new TopicSetup(admin, 2, (short) 1).run();
        codecs = Codecs.settle(new SchemaRegistry(registry.url()));
        execute(Files.readString(DEPLOYED.resolve("postgresql.sql")));
        worker = new ConnectWorker(
                List.of(
                        workersFile(folder),
                        DEPLOYED.resolve("debezium-usage-rated.json"),
                        DEPLOYED.resolve("debezium-usage-stats.json")),
                Map.of(
                        "TOLLGATE_KAFKA", kafka.bootstrapServers(),
                        "TOLLGATE_REGISTRY", registry.url(),
                        "CONNECT_JDBC_URL", postgres.jdbcUrl(),
                        "CONNECT_JDBC_USER", postgres.user(),
                        "CONNECT_JDBC_PASSWORD", postgres.password()),
                TARGET.resolve("connect-worker.log"));
    }

    /** The deployed one, with folders and a port of this test. */
    private static Path workersFile(Path folder) throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.createSymbolicLink(plugins.resolve("tollgate-connect"), built("tollgate-connect-"));
        Files.createSymbolicLink(plugins.resolve("debezium"), TARGET.resolve("debezium"));
        String deployed = Files.readString(DEPLOYED.resolve("connect-standalone.properties"));
        return Files.writeString(
                folder.resolve("worker.properties"),
                deployed.replace("/opt/connect/plugins", plugins.toString())
                        .replace("127.0.0.1:8085", "127.0.0.1:" + FreePorts.choose())
                        .replace("=connect.offsets", "=" + folder.resolve("connect.offsets")));
    }

    /** The folder that this build made for a worker. */
    private static Path built(String prefix) throws IOException {
        try (var folders = Files.list(TARGET)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow()
                    .resolve("tollgate-connect");
        }
    }

    /** As if nothing had been delivered yet: what a connector has not committed when it dies, it is given again. */
    void forget(String connector) throws InterruptedException, ExecutionException {
        String group = "connect-" + connector;
        admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        var committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .keySet();
        admin.deleteConsumerGroupOffsets(group, committed).all().get();
    }

    /** Rows of the company by the column, every value as PostgreSQL has it; JSON is parsed. */
    Map<String, Map<String, @Nullable Object>> rows(String table, String company, String by) throws SQLException {
        Map<String, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
        try (Connection connection = postgres.connect();
                PreparedStatement select =
                        connection.prepareStatement("SELECT * FROM " + table + " WHERE company = ?")) {
            select.setString(1, company);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.put(found.getString(by), row(found));
                }
            }
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(ResultSet found) throws SQLException {
        ResultSetMetaData columns = found.getMetaData();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnName(i);
            Object value =
                    switch (columns.getColumnTypeName(i)) {
                        case "timestamptz" -> {
                            OffsetDateTime time = found.getObject(i, OffsetDateTime.class);
                            yield time == null ? null : time.toInstant();
                        }
                        case "date" -> found.getObject(i, LocalDate.class);
                        default -> found.getObject(i);
                    };
            row.put(
                    name,
                    value != null && ExpectedRows.JSON_COLUMNS.contains(name)
                            ? ExpectedRows.parsed((String) value)
                            : value);
        }
        return row;
    }

    /** The first column of all rows, as text. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (found.next()) {
                values.add(found.getString(1));
            }
            return values;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void stop() throws InterruptedException {
        worker.kill();
        admin.close();
        registry.close();
        postgres.close();
        kafka.close();
    }
}
