package io.tollgate.bench.process;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.schemas.topic.TopicSetup;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The servers as {@code ./tollgate up} runs them, durable settings included; Tollgate's topics are made. */
final class ServersMain {
    private ServersMain() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int partitions = Integer.parseInt(arguments[1]);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"))) {
            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
                new TopicSetup(admin, partitions, (short) 1).run();
            }
            Endpoints endpoints = new Endpoints(
                    kafka.bootstrapServers(), registry.url(), postgres.jdbcUrl(), postgres.user(), postgres.password());
            Conversation.hold(String.join(" ", endpoints.words()), command -> "what?");
        }
    }
}
