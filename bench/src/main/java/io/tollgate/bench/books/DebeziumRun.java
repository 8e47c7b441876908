package io.tollgate.bench.books;

import io.tollgate.bench.Reading;
import io.tollgate.bench.load.RatedLoad;
import io.tollgate.bench.process.Drain;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.EventTopic.Message;
import io.tollgate.bench.process.Workload;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Debezium's JDBC sink in Kafka's own worker, with our transform, from ledger rows like the sink's into a table like the
 * sink's. It is paused while a round's rows are written to Kafka. Where the deployed configuration is careful, this one is
 * fast: plain inserts, in large batches, that would write a row twice that is delivered twice.
 */
final class DebeziumRun implements Workload {
    private static final String TOPIC = "bench.rated";
    private static final String SCHEMA = "debezium";
    private static final String CONNECTOR = "bench";
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final String BATCH = "5000";

    private final Endpoints endpoints;
    private final Codecs codecs;
    private final EventTopic rated;
    private final Connection database;
    private @Nullable ConnectWorker worker;
    private int looks;

    private DebeziumRun(Endpoints endpoints) throws Exception {
        this.endpoints = endpoints;
        this.codecs = Codecs.settle(new SchemaRegistry(endpoints.registry()));
        this.rated = new EventTopic(endpoints.kafka(), TOPIC).create();
        this.database = DriverManager.getConnection(endpoints.postgres(), endpoints.user(), endpoints.password());
    }

    /** Makes it. */
    public static final class Maker implements Workload.Maker {
        @Override
        public Workload make(Endpoints endpoints) throws Exception {
            return new DebeziumRun(endpoints);
        }
    }

    /** After the sink, which makes the table that its table is like. */
    @Override
    public Reading run(int round, int count) throws Exception {
        ConnectWorker running = worker();
        RatedLoad load = new RatedLoad(1 + round, Instant.now());
        long from = rated.end();
        rated.fill(count, () -> {
            RatedLoad.Row row = load.next();
            return new Message(row.key(), codecs.rated().encode(row.value()));
        });
        makeTable();
        running.resume();
        Reading reading = Drain.until(() -> position(running), from, from + count, LIMIT);
        running.pause();
        long rows = rows();
        if (rows != from + count) {
            throw new IllegalStateException("the table has " + rows + " rows and not " + (from + count));
        }
        return reading;
    }

    private long position(ConnectWorker running) throws Exception {
        // A look costs the worker something; one in a hundred is about one a second.
        if (looks++ % 100 == 0) {
            running.requireRunning();
        }
        return rated.committed("connect-" + CONNECTOR);
    }

    private ConnectWorker worker() throws Exception {
        ConnectWorker running = worker;
        if (running == null) {
            makeTable();
            running = ConnectWorker.start(endpoints.kafka(), plugins(), Path.of(""), CONNECTOR, settings());
            worker = running;
        }
        return running;
    }

    /** The deployed configuration, and what makes it faster. */
    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        JsonNode deployed = JsonMapper.shared()
                .readTree(Files.readString(project().resolve("deploy/connect/debezium-usage-rated.json")))
                .path("config");
        deployed.properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asString()));
        settings.put("topics", TOPIC);
        settings.put("value.converter.schema.registry.url", endpoints.registry());
        settings.put("connection.url", endpoints.postgres() + "?reWriteBatchedInserts=true&currentSchema=" + SCHEMA);
        settings.put("connection.username", endpoints.user());
        settings.put("connection.password", endpoints.password());
        settings.put("tasks.max", Integer.toString(Books.CONNECTIONS));
        settings.put("insert.mode", "insert");
        settings.put("primary.key.mode", "none");
        settings.remove("primary.key.fields");
        settings.put("batch.size", BATCH);
        settings.put("consumer.override.max.poll.records", BATCH);
        return settings;
    }

    private static List<Path> plugins() throws IOException {
        return List.of(
                project().resolve("bench/target/connect/plugins"),
                folder(project().resolve("connect/target"), "tollgate-connect-", "-plugin"));
    }

    private static Path folder(Path in, String prefix, String suffix) throws IOException {
        try (Stream<Path> folders = Files.list(in)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().startsWith(prefix)
                            && folder.getFileName().toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no " + prefix + "…" + suffix + " in " + in));
        }
    }

    private static Path project() {
        return Path.of(System.getProperty("bench.home")).resolve("..").normalize();
    }

    /** What the sink alone writes has a default here. */
    private void makeTable() throws SQLException {
        try (Statement sql = database.createStatement()) {
            LedgerTwin.make(sql, SCHEMA);
            sql.execute("ALTER TABLE " + SCHEMA + "." + LedgerTwin.NAME + " ALTER COLUMN reduced SET DEFAULT false");
        }
    }

    private long rows() throws SQLException {
        try (Statement sql = database.createStatement();
                ResultSet rows = sql.executeQuery("SELECT count(*) FROM " + SCHEMA + "." + LedgerTwin.NAME)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        rated.close();
        try {
            database.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the connection could not be closed", e);
        }
    }
}
