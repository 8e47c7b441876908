package io.tollgate.sink;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.TopicSetup;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.database.DatabaseSettings;
import io.tollgate.sink.migration.Grants;
import io.tollgate.sink.migration.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** A real Kafka, PostgreSQL and registry, started once for all tests of the module and stopped with the JVM. */
public final class SinkStack {
    private static @Nullable SinkStack shared;

    private final Path folder;
    public final EmbeddedKafka kafka;
    public final EmbeddedPostgres postgres;
    public final EmbeddedRegistry registry;
    public final Codecs codecs;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<?>> acks = new ArrayList<>();

    private SinkStack() throws IOException {
        folder = Files.createTempDirectory("tollgate-sink");
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        registry = EmbeddedRegistry.start(folder.resolve("registry"));
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            new TopicSetup(admin, 4, (short) 1).run();
        }
        codecs = Codecs.settle(new SchemaRegistry(registry.url()));
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public static synchronized SinkStack shared() {
        SinkStack stack = shared;
        if (stack == null) {
            try {
                stack = new SinkStack();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            shared = stack;
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        }
        return stack;
    }

    private void close() {
        producer.close(Duration.ofSeconds(2));
        registry.close();
        postgres.close();
        kafka.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A sink as it runs in production, on a port of its own: the schema is made by its owner, the sink has a role of its own
     * with what {@code db/grants} gives it.
     */
    ConfigurableApplicationContext startSink(String schema, String... more) {
        try (HikariDataSource owner = owner(schema)) {
            new Migrations(owner, schema).migrate();
        }
        String role = roleWith(Grants.SINK, schema);
        return start(schema, role, Stream.concat(Stream.of("--tollgate.migrate=false"), Stream.of(more)));
    }

    /** A sink that owns its schema and makes it. */
    ConfigurableApplicationContext startOwner(String schema, String... more) {
        return start(schema, postgres.user(), Stream.of(more));
    }

    private ConfigurableApplicationContext start(String schema, String user, Stream<String> more) {
        Stream<String> servers = Stream.of(
                "--server.port=0",
                "--kafka=" + kafka.bootstrapServers(),
                "--postgres=" + postgres.jdbcUrl(),
                "--registry=" + registry.url(),
                "--tollgate.postgres-user=" + user,
                "--tollgate.postgres-password=" + postgres.password(),
                "--tollgate.schema=" + schema,
                "--tollgate.group=" + schema);
        return SinkApplication.builder().run(Stream.concat(servers, more).toArray(String[]::new));
    }

    /** The owner's connections, from outside of a sink. */
    public HikariDataSource owner(String schema) {
        return Database.pool(new DatabaseSettings(
                postgres.jdbcUrl(), postgres.user(), postgres.password(), schema, "owner of " + schema, 5));
    }

    /** A role that has these rights and no more. */
    public String roleWith(Grants grants, String schema) {
        String role = schema + "_" + grants.name().toLowerCase(Locale.ROOT);
        if (query("SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'").equals("null")) {
            asSuperuser("CREATE ROLE " + role + " LOGIN PASSWORD '" + postgres.password() + "'");
        }
        execute(grants.sql(schema, role));
        return role;
    }

    private void asSuperuser(String statement) {
        String url = postgres.jdbcUrl();
        try (Connection connection = DriverManager.getConnection(url, "postgres", postgres.password());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    public void execute(String statement) {
        try (Connection connection = postgres.connect();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    public void send(Topic topic, byte @Nullable [] key, byte @Nullable [] value) {
        send(topic, null, key, value);
    }

    public void send(Topic topic, @Nullable Integer partition, byte @Nullable [] key, byte @Nullable [] value) {
        acks.add(producer.send(new ProducerRecord<>(topic.name(), partition, key, value)));
    }

    /** Returns when everything sent is on the broker. */
    public void flush() {
        producer.flush();
        try {
            for (Future<?> ack : acks) {
                ack.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        acks.clear();
    }

    /** The first column of the first row, as text; "null" for a null or where there is no row. */
    public String query(String sql) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            return found.next() ? String.valueOf(found.getString(1)) : "null";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public void awaitQuery(String sql, String expected) {
        flush();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(() -> Assertions.assertThat(query(sql)).as(sql).isEqualTo(expected));
    }
}
