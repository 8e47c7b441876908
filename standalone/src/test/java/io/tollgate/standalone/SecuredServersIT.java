package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.tollgate.schemas.database.RootMessage;
import io.tollgate.schemas.topic.TopicSetup;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** That every client of every server gets through where SASL, TLS and passwords are asked for, and says so where not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredServersIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String TOKEN = "tga_of-the-secured-servers";

    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                log.add(ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    };
    private SecuredServers servers;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        Logs.areNotSprings();
        listener.start();
        root().addAppender(listener);
        folder = temporary;
        servers = new SecuredServers(
                temporary.resolve("servers"), UUID.randomUUID().toString());
    }

    @AfterAll
    void stop() {
        servers.close();
        root().detachAppender(listener);
        assertThat(log).allSatisfy(line -> assertThat(line).doesNotContain(servers.secrets()));
    }

    @Test
    void anEventGoesAllTheWay() throws Exception {
        PortPlan ports = PortPlan.free();
        List<ConfigurableApplicationContext> services = launched(ports, settings("right", Map.of()), Service.values());
        try {
            for (Service service : Service.values()) {
                new Readiness().await(service, ports, StackListener.SILENT);
            }
            TollgateClient client = new TollgateClient(Service.GATEWAY.url(ports), Service.USAGE_API.url(ports), TOKEN);
            client.putCompany("acme");
            String key = client.createKey("acme", List.of("ingest"));
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            assertThat(client.sendBatch(key, List.of(event(now)))).isEqualTo(204);

            String day = "/v1/stats?from=" + now.truncatedTo(ChronoUnit.DAYS) + "&to="
                    + now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS) + "&window=day&group_by=company";
            await().atMost(SOON).untilAsserted(() -> assertThat(client.read(day).path("rows"))
                    .hasSize(1));
            // What is in flight is asked of Kafka, by clients of its own; null where Kafka does not answer.
            assertThat(client.balance().path("in_flight").isNumber())
                    .as("%s", client.balance())
                    .isTrue();
        } finally {
            services.forEach(ConfigurableApplicationContext::close);
        }
    }

    @Test
    void aWrongPasswordIsSaidAndTheServicesWait() throws Exception {
        PortPlan ports = PortPlan.free();
        List<ConfigurableApplicationContext> services =
                launched(ports, settings("wrong", servers.kafkaAs("not-it")), Service.values());
        try {
            for (String beginning : List.of(
                    "WARN io.tollgate.gateway.backbone.Connector not connected",
                    "WARN io.tollgate.streams.MeteringService waiting for Kafka",
                    "WARN io.tollgate.sink.Sink the sink can't start yet",
                    "WARN io.tollgate.schemas.config.TopicReader config.keys: reading failed")) {
                await().atMost(SOON).untilAsserted(() -> assertThat(log).anySatisfy(line -> assertThat(line)
                        .startsWith(beginning)
                        .contains("Authentication failed: Invalid username or password")));
            }
            for (Service service : Service.values()) {
                assertThat(new Readiness().ask(service.url(ports)).isUp())
                        .as("%s", service)
                        .isFalse();
            }
        } finally {
            services.forEach(ConfigurableApplicationContext::close);
        }
    }

    @Test
    void serversWithAStrangersCertificateAreNotSpokenTo(@TempDir Path elsewhere) throws Exception {
        Path stranger = TestCertificate.make(elsewhere).writeCertificate(elsewhere.resolve("ca.pem"));

        Map<String, Object> kafka = servers.trusting(stranger).settings();
        try (Admin admin = Admin.create(kafka)) {
            assertThatThrownBy(() -> new TopicSetup(admin, 1, (short) 1).run())
                    .hasMessageContaining("SSL handshake failed: ")
                    .hasMessageContaining("PKIX path building failed");
        }
        String url = servers.postgres().jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + stranger;
        assertThatThrownBy(() -> DriverManager.getConnection(
                        url, servers.postgres().user(), servers.postgres().password()))
                .satisfies(refused -> assertThat(RootMessage.of(refused))
                        .startsWith("SSL error: ")
                        .contains("PKIX path building failed"));
    }

    @Test
    void postgresIsNotSpokenToWithoutTls() {
        String url = servers.postgres().jdbcUrl() + "?sslmode=disable";
        assertThatThrownBy(() -> DriverManager.getConnection(
                        url, servers.postgres().user(), servers.postgres().password()))
                .hasMessageContaining("no encryption");
    }

    private Map<String, String> settings(String name, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(ServiceProperties.streaming(
                "", "", TOKEN, DataFolder.create(folder.resolve(name)), ServiceProperties.NO_PRICES));
        settings.putAll(servers.settings());
        // One of each is enough to see whether it gets through.
        settings.put("tollgate.partitions", "1");
        settings.put("tollgate.threads", "1");
        settings.putAll(more);
        return settings;
    }

    private static List<ConfigurableApplicationContext> launched(
            PortPlan ports, Map<String, String> settings, Service... services) {
        return Stream.of(services)
                .map(service -> CompletableFuture.supplyAsync(() -> service.launch(ports, settings)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static String event(Instant time) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + UUID.randomUUID()
                + "\",\"source\":\"secured-it\",\"type\":\"tollgate.usage.v1\",\"subject\":\"user-1\",\"time\":\""
                + time
                + "\",\"data\":{\"provider\":\"openai\",\"model\":\"gpt-5\",\"dimensions\":{\"input\":1000}}}";
    }
}
