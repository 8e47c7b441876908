package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.EmbeddedKafka;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateKafkaIT {
    @Test
    void theServiceIsAliveAndNotReadyUntilKafkaAnswers(@TempDir Path folder) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (RegistryStub registry = new RegistryStub();
                ServiceProcess service = ServiceProcess.start("127.0.0.1:" + port, registry.url(), folder)) {
            await("the service to be alive")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> service.get("/actuator/health/liveness").startsWith("200"));
            assertThat(service.get("/actuator/health/readiness"))
                    .startsWith("503")
                    .contains("waiting for Kafka");

            try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), port)) {
                assertThat(kafka.port()).isEqualTo(port);
                service.untilReady();
                assertThat(service.stop(Duration.ofSeconds(30))).isTrue();
            }
        }
    }
}
