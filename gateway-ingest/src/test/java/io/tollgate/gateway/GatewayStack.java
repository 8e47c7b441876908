package io.tollgate.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.avro.Submission;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway with a real broker and a registry, as a caller meets it. */
public final class GatewayStack implements AutoCloseable {
    public static final String ADMIN_TOKEN = "secret-of-the-admin";
    static final String PRICE_BOOK = "--tollgate.price-book=";
    private static final String DRAIN = "--tollgate.delivery.drain=";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;
    private final ConfigurableApplicationContext gateway;

    private GatewayStack(EmbeddedKafka kafka, EmbeddedRegistry registry, ConfigurableApplicationContext gateway) {
        this.kafka = kafka;
        this.registry = registry;
        this.gateway = gateway;
    }

    public static GatewayStack start(Path folder) {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"));
        GatewayStack stack = new GatewayStack(kafka, registry, startGateway(kafka.bootstrapServers(), registry.url()));
        stack.client().awaitReady();
        return stack;
    }

    public static ConfigurableApplicationContext startGateway(String kafka, String registry, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--kafka=" + kafka,
                "--registry=" + registry,
                "--tollgate.admin-token=" + ADMIN_TOKEN,
                // A test may be another address, by X-Forwarded-For.
                "--tollgate.trusted-proxies=127.0.0.1",
                "--tollgate.partitions=3"));
        arguments.addAll(List.of(more));
        // Tests have prices of their own, and what has none must be unpriced.
        addUnlessGiven(arguments, PRICE_BOOK, "none");
        // Nobody goes elsewhere when a test's gateway ends.
        addUnlessGiven(arguments, DRAIN, "0s");
        SpringApplicationBuilder builder = GatewayApplication.builder();
        return builder.run(arguments.toArray(String[]::new));
    }

    private static void addUnlessGiven(List<String> arguments, String option, String value) {
        if (arguments.stream().noneMatch(argument -> argument.startsWith(option))) {
            arguments.add(option + value);
        }
    }

    public static int port(ConfigurableApplicationContext gateway) {
        return gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Of bodies that are not answered yet. */
    static long heldBytes(ConfigurableApplicationContext gateway) {
        return (long) gateway.getBean(MeterRegistry.class)
                .get("tollgate.events.in.flight")
                .gauge()
                .value();
    }

    GatewayClient client() {
        return new GatewayClient(port(gateway));
    }

    Connector connector() {
        return gateway.getBean(Connector.class);
    }

    public String kafka() {
        return kafka.bootstrapServers();
    }

    public String registry() {
        return registry.url();
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** Everything in usage.events of a company. */
    public List<Submission> stored(String company) {
        AvroCodec<Submission> codec = AvroCodec.of(Topics.USAGE_EVENTS, new SchemaRegistry(registry()));
        return read(Topics.USAGE_EVENTS).stream()
                .map(record -> codec.decode(record.value()))
                .filter(submission -> submission.getCompany().equals(company))
                .toList();
    }

    /** Every committed record of a topic. */
    public List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                20);
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        gateway.close();
        registry.close();
        kafka.close();
    }
}
