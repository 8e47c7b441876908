package io.tollgate.gateway;

import static io.tollgate.gateway.admission.Quotas.quota;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.Enforcement;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.embedded.FreePorts;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class BrokerOutageIT {
    private static final int BODIES = 40;

    @Test
    void aGatewayOutlivesItsBrokers(@TempDir Path folder) {
        int kafkaPort = FreePorts.choose();
        int registryPort = FreePorts.choose();
        String registryUrl = "http://127.0.0.1:" + registryPort + "/apis/ccompat/v7";
        try (ConfigurableApplicationContext gateway =
                GatewayStack.startGateway("127.0.0.1:" + kafkaPort, registryUrl, "--tollgate.delivery.in-flight=4MB")) {
            int port = GatewayStack.port(gateway);
            GatewayClient client = new GatewayClient(port);

            // Started before its brokers: alive, not ready, and clear about it.
            assertThat(client.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            awaitWaitsFor(client, "Kafka at 127.0.0.1:" + kafkaPort);
            assertRefused(client.event("none", "early"));
            assertRefused(client.ask("none", asking(1)));
            assertThat(client.admin("GET", "companies", "").statusCode()).isEqualTo(503);

            String key;
            try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort)) {
                assertThat(kafka.port()).isEqualTo(kafkaPort);
                awaitWaitsFor(client, "the registry at " + registryUrl);
                try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), registryPort);
                        QuotaTopics topics = new QuotaTopics(kafka.bootstrapServers(), registry.url())) {
                    client.awaitReady();
                    topics.put(quota("day", "tokens", "100", Enforcement.HARD));
                }
                // From here on without the registry: what has started needs it no more.
                key = client.key("acme", "ingest", "admission");
                assertThat(client.event(key, "before").statusCode()).isEqualTo(204);
                await().until(() -> reserved(client.ask(key, asking(0))).equals("0"));
                assertThat(reserved(client.ask(key, asking(60)))).isEqualTo("60");
            }

            // What is let in before the outage is noticed is answered within the HTTP limit; after that, at once.
            long begun = System.nanoTime();
            CompletableFuture<HttpResponse<String>> first = client.eventLater(key, "during");
            CompletableFuture<HttpResponse<String>> admission = client.askLater(key, asking(30));
            List<CompletableFuture<HttpResponse<String>>> pressing = IntStream.range(0, BODIES)
                    .mapToObj(body -> client.eventsLater(key, "application/cloudevents-batch+json", large(body)))
                    .toList();
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> client.get("/actuator/health/readiness").statusCode() == 503);
            // A failed append alone makes it not ready, a moment before the brokers are known to be gone.
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> client.traces(key, "{}").statusCode() == 503);
            long asked = System.nanoTime();
            assertRefused(client.event(key, "refused"));
            assertRefused(client.ask(key, asking(1)));
            assertSpansRefused(client.traces(key, "{}"));
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
            assertThat(client.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            HttpResponse<String> late = first.join();
            assertRefused(late);
            assertRefused(admission.join());
            // Twelve times as much as it may hold, of which it holds nothing any more.
            pressing.forEach(answer -> assertRefused(answer.join()));
            await().until(() -> GatewayStack.heldBytes(gateway) == 0);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));

            try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort)) {
                assertThat(kafka.port()).isEqualTo(kafkaPort);
                client.awaitReady();
                assertThat(client.event(key, "after").statusCode()).isEqualTo(204);
                // What was granted is still held, and what nobody was told of is free again.
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> client.ask(key, asking(40)).statusCode() == 200);
                assertThat(client.ask(key, asking(1)).statusCode()).isEqualTo(429);
                assertThat(client.admin("PUT", "companies/later", "{\"name\":\"l\"}")
                                .statusCode())
                        .isEqualTo(201);
            }
        }
    }

    private static void awaitWaitsFor(GatewayClient client, String server) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            HttpResponse<String> readiness = client.get("/actuator/health/readiness");
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("\"waits_for\":\"").contains(server);
        });
    }

    /** A batch of a thousand events, in more than a megabyte. */
    private static String large(int body) {
        return IntStream.range(0, 1_000)
                .mapToObj(event -> GatewayClient.usage("large-" + body + "-" + event) + " ".repeat(1_000))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String asking(int tokens) {
        return "{\"provider\":\"p\",\"model\":\"m\",\"estimate\":{\"input\":" + tokens + "}}";
    }

    /** Of the one quota; empty where it is not known. */
    private static String reserved(HttpResponse<String> granted) {
        return GatewayStack.json(granted)
                .path("quotas")
                .path(0)
                .path("reserved")
                .asString("");
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(GatewayStack.json(response).path("code").asString()).isIn("not_ready", "not_acknowledged", "busy");
    }

    /** As OTLP has it: exporters send it again. */
    private static void assertSpansRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(GatewayStack.json(response).path("message").asString()).startsWith("not_ready: ");
    }
}
