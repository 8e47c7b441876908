package io.tollgate.gateway;

import static io.tollgate.gateway.GatewayStack.PRICE_BOOK;
import static io.tollgate.gateway.GatewayStack.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.gateway.backbone.BackboneSettings;
import io.tollgate.gateway.backbone.Connector;
import io.tollgate.gateway.catalog.FirstPrices;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.RegistryAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

class FirstPricesIT {
    private static final String OWN = "[{\"provider\":\"openai\",\"model\":\"gpt-4o\",\"dimension\":\"input\","
            + "\"unit_price\":\"1\",\"currency\":\"USD\",\"effective_from\":\"2026-01-01T00:00:00Z\"}]";

    @Test
    void anEmptySystemGetsTheBookOnceHoweverManyGatewaysStart(@TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"))) {
            List<CompletableFuture<ConfigurableApplicationContext>> starting = List.of(
                    CompletableFuture.supplyAsync(() -> shipped(kafka, registry)),
                    CompletableFuture.supplyAsync(() -> shipped(kafka, registry)));
            for (CompletableFuture<ConfigurableApplicationContext> start : starting) {
                GatewayClient gateway = ready(start.join());
                assertThat(history(gateway)).hasSize(1);
                assertThat(history(gateway).path(0).path("unit_price").asString())
                        .isEqualTo("0.0000025");
            }
            GatewayClient first = ready(starting.get(0).join());
            assertThat(first.admin("POST", "prices", OWN).statusCode()).isEqualTo(201);
            starting.forEach(start -> start.join().close());

            try (ConfigurableApplicationContext again = shipped(kafka, registry)) {
                assertThat(history(ready(again))).hasSize(2);
                JsonNode now = json(ready(again).admin("GET", "prices?provider=openai&model=gpt-4o", ""));
                assertThat(now.path("items"))
                        .filteredOn(item -> item.path("dimension").asString().equals("input")
                                && item.path("service_tier").asString().equals("standard"))
                        .singleElement()
                        .satisfies(item ->
                                assertThat(item.path("unit_price").asString()).isEqualTo("1"));
            }
        }
    }

    @Test
    void aSystemWithAPriceOfItsOwnAndOneThatWantsNoneAreLeftAlone(@TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"))) {
            try (ConfigurableApplicationContext none =
                    GatewayStack.startGateway(kafka.bootstrapServers(), registry.url(), PRICE_BOOK + "none")) {
                assertThat(json(ready(none).admin("GET", "prices/history", "")).path("items"))
                        .isEmpty();
                ready(none).admin("POST", "prices", OWN);
            }
            try (ConfigurableApplicationContext later = shipped(kafka, registry)) {
                assertThat(json(ready(later).admin("GET", "prices/history", "")).path("items"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aGatewayIsNotConnectedBeforeTheBookIsThereHoweverOftenThatFails(@TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"))) {
            BackboneSettings settings = new BackboneSettings(
                    new KafkaCluster(kafka.bootstrapServers(), Map.of()),
                    RegistryAddress.at(registry.url()),
                    1,
                    (short) 1,
                    Duration.ZERO,
                    1 << 20);
            FirstPrices book = new FirstPrices(Clock.systemUTC());
            AtomicInteger attempts = new AtomicInteger();
            try (Connector connector = new Connector(settings, backbone -> {
                if (attempts.incrementAndGet() < 3) {
                    throw new TimeoutException("for the test");
                }
                book.accept(backbone);
            })) {
                connector.start();
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> connector.backbone() != null);
                assertThat(attempts).hasValue(3);
                assertThat(Objects.requireNonNull(connector.backbone()).prices().values())
                        .isNotEmpty();
            }
        }
    }

    private static ConfigurableApplicationContext shipped(EmbeddedKafka kafka, EmbeddedRegistry registry) {
        return GatewayStack.startGateway(kafka.bootstrapServers(), registry.url(), PRICE_BOOK + "shipped");
    }

    private static GatewayClient ready(ConfigurableApplicationContext gateway) {
        GatewayClient client = new GatewayClient(GatewayStack.port(gateway));
        client.awaitReady();
        return client;
    }

    /** Every price of gpt-4o's input that was ever recorded. */
    private static JsonNode history(GatewayClient gateway) {
        JsonNode items = json(gateway.admin("GET", "prices/history?provider=openai&model=gpt-4o", ""))
                .path("items");
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> {
            if (item.path("dimension").asString().equals("input")
                    && item.path("service_tier").asString().equals("standard")) {
                found.add(item);
            }
        });
        return found;
    }
}
