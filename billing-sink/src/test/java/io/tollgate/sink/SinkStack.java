package io.tollgate.sink;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

    /** A sink as it runs in production, on a port of its own. */
    ConfigurableApplicationContext startSink(String schema, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--kafka=" + kafka.bootstrapServers(),
                "--postgres=" + postgres.jdbcUrl(),
                "--registry=" + registry.url(),
                "--tollgate.postgres-user=" + postgres.user(),
                "--tollgate.postgres-password=" + postgres.password(),
                "--tollgate.schema=" + schema,
                "--tollgate.group=" + schema));
        arguments.addAll(List.of(more));
        return SinkApplication.builder().run(arguments.toArray(new String[0]));
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
