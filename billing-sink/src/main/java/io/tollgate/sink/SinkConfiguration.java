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
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka()));
    }
}
