package io.tollgate.usageapi;

import io.tollgate.usageapi.balance.BalanceHandler;
import io.tollgate.usageapi.event.EventHandler;
import io.tollgate.usageapi.stats.StatsHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Every route of the service; health and metrics are Actuator's, under {@code /actuator}. */
@Configuration(proxyBeanMethods = false)
class ApiRoutes {

    @Bean
    RouterFunction<ServerResponse> routes(StatsHandler stats, EventHandler events, BalanceHandler balance) {
        return RouterFunctions.route()
                .GET("/v1/stats", stats::get)
                .GET("/v1/events", events::get)
                .GET("/v1/balance", balance::get)
                .build();
    }
}
