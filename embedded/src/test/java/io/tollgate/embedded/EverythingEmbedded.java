package io.tollgate.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/**
 * A program that starts all servers on a folder, writes to each, says so in one line, and waits to be killed.
 */
final class EverythingEmbedded {
    private EverythingEmbedded() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        SingleInstanceLock lock = SingleInstanceLock.acquire(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"));
        try (Connection connection = postgres.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE t AS SELECT 7 AS n");
        }
        EmbeddedKafkaIT.createTopic(kafka);
        EmbeddedKafkaIT.produce(kafka, 0, 100);
        int id = new RegistryClient(registry.url())
                .register("s", "\"long\"")
                .body()
                .path("id")
                .intValue();
        System.out.println("ready " + postgres.pid() + " " + postgres.port() + " " + id);
        Thread.currentThread().join();
        lock.close();
    }
}
