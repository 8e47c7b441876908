package io.tollgate.sink;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.schemas.config.Admins;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.sink.database.Database;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the sink holds open: a pool of connections, an admin client, and who is an administrator. None needs its server to be up. */
@Configuration(proxyBeanMethods = false)
class SinkConfiguration {
    private static final int KAFKA_REQUEST_MS = 3_000;
    /** Kafka's minute would keep a start from saying what it waits for, and a stop from ending. */
    private static final int KAFKA_CALL_MS = 5_000;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    HikariDataSource database(SinkSettings settings) {
        return Database.pool(settings.database());
    }

    /** Of the registry, too, nothing is asked before there is something to read. */
    @Bean
    Admins admins(SinkSettings settings) {
        return new Admins(
                settings.cluster(), AvroCodec.reading(Topics.CONFIG_ADMINS, new SchemaRegistry(settings.registry())));
    }

    @Bean
    Admin admin(SinkSettings settings) {
        Map<String, Object> admin = settings.cluster().settings();
        admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, KAFKA_REQUEST_MS);
        admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, KAFKA_CALL_MS);
        return Admin.create(admin);
    }
}
