package io.tollgate.standalone;

import io.tollgate.standalone.client.Endpoints;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The four services in this JVM on Kafka, PostgreSQL and Apicurio in containers, by the images of the compose file. */
final class ContainerStack implements TestStack {
    static final String KAFKA_IMAGE = "apache/kafka:4.3.1";
    static final String POSTGRES_IMAGE = "postgres:18";
    static final String REGISTRY_IMAGE = "apicurio/apicurio-registry:3.0.9";

    private static final String ADMIN_TOKEN = "secret-of-the-admin";
    private static final int REGISTRY_PORT = 8080;
    private static final String REGISTRY_API = "/apis/ccompat/v7";

    private final KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE);
    private final PostgreSQLContainer postgres =
            new PostgreSQLContainer(POSTGRES_IMAGE).withDatabaseName("tollgate").withUsername("tollgate");
    private final GenericContainer<?> registry = new GenericContainer<>(REGISTRY_IMAGE)
            .withExposedPorts(REGISTRY_PORT)
            .waitingFor(Wait.forHttp(REGISTRY_API + "/subjects").forPort(REGISTRY_PORT));
    private final PortPlan ports = PortPlan.free();
    /** The last to start stops first. */
    private final Deque<Runnable> running = new ArrayDeque<>();

    private final Map<Service, ApplicationContext> contexts = new EnumMap<>(Service.class);

    private ContainerStack() {}

    static ContainerStack start(Path data) throws InterruptedException {
        ContainerStack stack = new ContainerStack();
        try {
            stack.startServers();
            stack.startServices(DataFolder.create(data));
            return stack;
        } catch (RuntimeException | InterruptedException e) {
            stack.close();
            throw e;
        }
    }

    private void startServers() {
        running.push(kafka::stop);
        running.push(postgres::stop);
        running.push(registry::stop);
        Startables.deepStart(kafka, postgres, registry).join();
    }

    private void startServices(DataFolder folder) throws InterruptedException {
        Logs.areNotSprings();
        Map<String, String> properties = ServiceProperties.with(
                ServiceProperties.streaming(
                        kafka.getBootstrapServers(), registryUrl(), ADMIN_TOKEN, folder, ServiceProperties.NO_PRICES),
                postgres.getJdbcUrl(),
                postgres.getUsername(),
                postgres.getPassword());
        for (Service service : Service.values()) {
            ConfigurableApplicationContext context = service.launch(ports, properties);
            running.push(context::close);
            contexts.put(service, context);
        }
        Readiness readiness = new Readiness();
        for (Service service : Service.values()) {
            readiness.await(service, ports, StackListener.SILENT);
        }
    }

    private String registryUrl() {
        return "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT) + REGISTRY_API;
    }

    @Override
    public Endpoints endpoints() {
        return new Endpoints(
                Service.GATEWAY.url(ports),
                Service.STREAMS.url(ports),
                Service.SINK.url(ports),
                Service.USAGE_API.url(ports),
                kafka.getBootstrapServers(),
                postgres.getJdbcUrl(),
                postgres.getUsername(),
                postgres.getPassword(),
                URI.create(registryUrl()));
    }

    @Override
    public String adminToken() {
        return ADMIN_TOKEN;
    }

    @Override
    public ApplicationContext context(Service service) {
        return Objects.requireNonNull(contexts.get(service));
    }

    @Override
    public void close() {
        running.forEach(Runnable::run);
    }
}
