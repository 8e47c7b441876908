package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the JVM that runs everything, then a start on the same folder. */
class EmbeddedKillIT {
    @Test
    @Timeout(120)
    void nothingAcknowledgedIsLostAndTheOrphanIsStopped(@TempDir Path folder) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EverythingEmbedded.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> ready;
        try (BufferedReader out = jvm.inputReader()) {
            ready = List.of(out.lines()
                    .filter(line -> line.startsWith("ready "))
                    .findFirst()
                    .orElseThrow()
                    .split(" "));
            assertThatThrownBy(() -> SingleInstanceLock.acquire(folder)).hasMessageContaining("pid " + jvm.pid());
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        ProcessHandle orphan = ProcessHandle.of(Long.parseLong(ready.get(1))).orElseThrow();
        assertThat(orphan.isAlive()).as("PostgreSQL outlives its parent").isTrue();
        int port = Integer.parseInt(ready.get(2));

        try (SingleInstanceLock lock = SingleInstanceLock.acquire(folder);
                // The same port, which the orphan still has.
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"), port);
                EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"))) {
            assertThat(lock).isNotNull();
            assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
            assertThat(ProcessEnd.within(List.of(orphan), Duration.ZERO)).isTrue();
            try (Connection connection = postgres.connect();
                    Statement sql = connection.createStatement();
                    ResultSet rows = sql.executeQuery("SELECT n FROM t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(7);
            }
            assertThat(EmbeddedKafkaIT.consume(kafka, 100)).isEqualTo(EmbeddedKafkaIT.values(0, 100));
            RegistryClient client = new RegistryClient(registry.url());
            assertThat(client.register("new", "\"string\"").body().path("id").intValue())
                    .isNotEqualTo(Integer.parseInt(ready.get(3)));
            assertThat(client.register("s", "\"long\"").body().path("id").intValue())
                    .isEqualTo(Integer.parseInt(ready.get(3)));
        }
    }
}
