package io.tollgate.usageapi;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Company;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.TopicSetup;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.migration.Grants;
import io.tollgate.usageapi.database.Database;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service beside a real broker and a real database; its tests put rows into the tables as the sink would. */
final class UsageApiStack implements AutoCloseable {
    static final String ADMIN_TOKEN = "secret-of-the-admin";
    static final int PARTITIONS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String SCHEMA = "tollgate";
    /** Of the service: it has what {@code db/grants} gives it. */
    static final String ROLE = "usage_api";

    static final SchemaIds IDS = new FixedSchemaIds();

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ConfigurableApplicationContext service;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    @Configuration(proxyBeanMethods = false)
    static class WithoutRegistry {
        @Bean
        @Primary
        SchemaIds fixedSchemaIds() {
            return IDS;
        }
    }

    UsageApiStack() throws IOException {
        folder = Files.createTempDirectory("usage-api-it");
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        asSuperuser("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + postgres.password() + "'");
        migrate(postgres.jdbcUrl());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            new TopicSetup(admin, PARTITIONS, (short) 1).run();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        service = start(kafka.bootstrapServers());
        port = portOf(service);
        for (String company : List.of("acme", "beta")) {
            putCompany(company);
        }
        putKey(key("key_acme", "acme", "secret-acme", "read", "ingest"));
        putKey(key("key_beta", "beta", "secret-beta", "read"));
    }

    /** Another instance of the service, with a Kafka of one's own choice. */
    ConfigurableApplicationContext start(String bootstrapServers, String... more) {
        return new SpringApplicationBuilder(UsageApiApplication.class, WithoutRegistry.class)
                .properties("spring.config.name=usage-api")
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        "--kafka=" + bootstrapServers,
                                        "--postgres=" + postgres.jdbcUrl(),
                                        "--tollgate.postgres-user=" + ROLE,
                                        "--tollgate.postgres-password=" + postgres.password(),
                                        "--tollgate.admin-token=" + ADMIN_TOKEN,
                                        // The tests' hours are of a fixed month, whatever the clock says.
                                        "--tollgate.intraday-kept=36500d",
                                        // A test may be another address, by X-Forwarded-For.
                                        "--tollgate.trusted-proxies=127.0.0.1",
                                        "--tollgate.unpriced-refresh=200ms",
                                        "--tollgate.live.patience=1s"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    static int portOf(ConfigurableApplicationContext service) {
        return Objects.requireNonNull(((ReactiveWebServerApplicationContext) service).getWebServer())
                .getPort();
    }

    int port() {
        return port;
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    /** Runs SQL as the sink's role. */
    void sql(String statement) {
        execute(postgres.jdbcUrl() + "?currentSchema=" + SCHEMA, postgres.user(), statement);
    }

    /** How often the database has gone by an index; it counts with a delay of some seconds. */
    long scansOf(String index) {
        try (Connection connection = postgres.connect();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = ?")) {
            select.setString(1, index);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? found.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(index, e);
        }
    }

    /** What the database says to a statement on the service's own connections; empty where it does it. */
    String writeThroughTheService(String statement) {
        Database database = service.getBean(Database.class);
        try {
            return database.readSnapshot(connection -> {
                try (Statement sql = connection.createStatement()) {
                    sql.execute(statement);
                    return "";
                }
            });
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    void emptyTheBooks() {
        sql("TRUNCATE cost_calculations, usage_stats, usage_stats_intraday, event_outcomes, accepted_submissions,"
                + " accepted_minutes, dead_letters, sink_progress, cost_alerts, alert_deliveries, alert_delivery_attempts,"
                + " audit_logs, api_key_records, api_key_uses, billing_periods");
    }

    void putCompany(String id) {
        Company company = new Company(id, id, "USD", "UTC", Map.of(), 1L, 0L, 0L);
        put(
                Topics.CONFIG_COMPANIES,
                id,
                AvroCodec.<Company>of(Topics.CONFIG_COMPANIES, IDS).encode(company));
        @SuppressWarnings("unchecked")
        ConfigTable<Company> companies = service.getBean("companies", ConfigTable.class);
        Awaitility.await().atMost(PATIENCE).until(() -> companies.get(id) != null);
    }

    /** Returns when the service knows it. */
    void putKey(ApiKey key) {
        put(
                Topics.CONFIG_KEYS,
                key.getId(),
                AvroCodec.<ApiKey>of(Topics.CONFIG_KEYS, IDS).encode(key));
        ApiKeys keys = service.getBean(ApiKeys.class);
        Awaitility.await().atMost(PATIENCE).until(() -> key.equals(keys.table().get(key.getId())));
    }

    void removeKey(String id) {
        put(Topics.CONFIG_KEYS, id, null);
        ApiKeys keys = service.getBean(ApiKeys.class);
        Awaitility.await().atMost(PATIENCE).until(() -> keys.table().get(id) == null);
    }

    static ApiKey key(String id, String company, String secret, String... scopes) {
        return ApiKey.newBuilder()
                .setId(id)
                .setCompany(company)
                .setName(id)
                .setPrefix("tg_test")
                .setSecretSha256(ByteBuffer.wrap(ApiKeys.hash(secret)))
                .setScopes(List.of(scopes))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    private void put(Topic topic, String key, byte @Nullable [] value) {
        send(topic, 0, key, value);
    }

    /** Writes a record into the first partition, as whoever owns the topic does. */
    <V extends SpecificRecord> void putRecord(Topic topic, String key, V value) {
        put(topic, key, AvroCodec.<V>of(topic, IDS).encode(value));
    }

    /** Writes a record and returns its offset. */
    long send(Topic topic, int partition, String key, byte @Nullable [] value) {
        return await(producer.send(
                        new ProducerRecord<>(topic.name(), partition, key.getBytes(StandardCharsets.UTF_8), value)))
                .offset();
    }

    /** Writes a record and doesn't wait for it. */
    Future<?> sendSoon(Topic topic, int partition, byte[] key, byte @Nullable [] value) {
        return producer.send(new ProducerRecord<>(topic.name(), partition, key, value));
    }

    /** Writes a record in a transaction, whose mark follows it, and returns the record's offset. */
    long sendInTransaction(Topic topic, int partition) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "usage-api-it");
        try (KafkaProducer<byte[], byte[]> transactional =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            var sent = transactional.send(new ProducerRecord<>(topic.name(), partition, new byte[1], new byte[1]));
            transactional.commitTransaction();
            long offset = await(sent).offset();
            // The commit is acknowledged before its mark is there.
            Awaitility.await().atMost(PATIENCE).until(() -> end(topic, partition) > offset + 1);
            return offset;
        }
    }

    /** Commits as the topology. */
    void commit(Topic topic, int partition, long offset) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            await(admin.alterConsumerGroupOffsets(
                            "tollgate-metering",
                            Map.of(new TopicPartition(topic.name(), partition), new OffsetAndMetadata(offset)))
                    .all());
        }
    }

    /** End of a partition for readers of committed records. */
    long end(Topic topic, int partition) {
        TopicPartition at = new TopicPartition(topic.name(), partition);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return await(admin.listOffsets(
                                    Map.of(at, OffsetSpec.latest()),
                                    new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                            .partitionResult(at))
                    .offset();
        }
    }

    /** Kafka's id of it. */
    String id(Topic topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return await(admin.describeTopics(List.of(topic.name()))
                            .topicNameValues()
                            .values()
                            .iterator()
                            .next())
                    .topicId()
                    .toString();
        }
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        return get(port, path, headers);
    }

    HttpResponse<String> get(int port, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(request);
    }

    /** A request without a body, by any method. */
    HttpResponse<String> send(String method, String path) {
        return answer(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> answer(HttpRequest.Builder builder) {
        return answer(builder, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> answer(HttpRequest.Builder builder, HttpResponse.BodyHandler<T> body) {
        HttpRequest request = builder.build();
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new IllegalStateException(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> asAdmin(String path, String... headers) {
        return get(path, with(ADMIN_TOKEN, headers));
    }

    HttpResponse<String> asAcme(String path, String... headers) {
        return get(path, with("secret-acme", headers));
    }

    /** Not waited for. */
    CompletableFuture<HttpResponse<String>> soonAsAcme(String path) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .headers(with("secret-acme"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> headAsAcme(String path) {
        return answer(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .headers(with("secret-acme"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<byte[]> bytesAsAcme(String path, String... headers) {
        return answer(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .headers(with("secret-acme", headers)),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> asBeta(String path, String... headers) {
        return get(path, with("secret-beta", headers));
    }

    private static String[] with(String secret, String... headers) {
        return Stream.concat(Stream.of("Authorization", "Bearer " + secret), Stream.of(headers))
                .toArray(String[]::new);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        service.close();
        producer.close();
        kafka.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    /** Makes the tables, and gives the service's role its rights. */
    void migrate(String jdbcUrl) {
        Flyway.configure()
                .dataSource(jdbcUrl, postgres.user(), postgres.password())
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .load()
                .migrate();
        execute(jdbcUrl, postgres.user(), Grants.USAGE_API.sql(SCHEMA, ROLE));
    }

    void asSuperuser(String statement) {
        execute(postgres.jdbcUrl().replaceAll("/tollgate$", "/postgres"), "postgres", statement);
    }

    private void execute(String jdbcUrl, String user, String statement) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, postgres.password());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }
}
