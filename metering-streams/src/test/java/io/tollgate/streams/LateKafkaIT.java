package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.embedded.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateKafkaIT {
    @Test
    void theServiceIsAliveAndSaysWhichServerIsMissingUntilBothAnswer(@TempDir Path folder) throws Exception {
        int kafkaPort = FreePorts.choose();
        int registryPort = FreePorts.choose();
        String registryUrl = "http://127.0.0.1:" + registryPort + "/apis/ccompat/v7";
        try (ServiceProcess service = ServiceProcess.start("127.0.0.1:" + kafkaPort, registryUrl, folder)) {
            awaitWaitsFor(service, "waiting for Kafka at 127.0.0.1:" + kafkaPort);
            assertThat(service.get("/actuator/health/liveness")).startsWith("200");

            try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort)) {
                assertThat(kafka.port()).isEqualTo(kafkaPort);
                awaitWaitsFor(service, "waiting for the registry at " + registryUrl);
                try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), registryPort)) {
                    assertThat(registry.url()).isEqualTo(registryUrl);
                    service.untilReady();
                }
                assertThat(service.stop(Duration.ofSeconds(30))).isTrue();
            }
        }
    }

    private static void awaitWaitsFor(ServiceProcess service, String said) {
        await("the service to be " + said).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        service.get("/actuator/health/readiness"))
                .startsWith("503")
                .contains(said));
    }
}
