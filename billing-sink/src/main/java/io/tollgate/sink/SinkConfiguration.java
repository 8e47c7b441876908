package io.tollgate.sink;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.sink.database.Database;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the sink holds open: a pool of connections and an admin client. Neither needs its server to be up. */
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

    @Bean
    Admin admin(SinkSettings settings) {
        Map<String, Object> admin = settings.cluster().settings();
        admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, KAFKA_REQUEST_MS);
        admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, KAFKA_CALL_MS);
        return Admin.create(admin);
    }
}
