package io.tollgate.usageapi;

import io.tollgate.usageapi.alert.AlertsHandler;
import io.tollgate.usageapi.audit.AuditHandler;
import io.tollgate.usageapi.balance.BalanceHandler;
import io.tollgate.usageapi.dead.DeadLettersHandler;
import io.tollgate.usageapi.event.EventHandler;
import io.tollgate.usageapi.key.KeysHandler;
import io.tollgate.usageapi.quota.QuotasHandler;
import io.tollgate.usageapi.stats.StatsHandler;
import io.tollgate.usageapi.unpriced.UnpricedHandler;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;

/** Every route of the service; health and metrics are Actuator's, under {@code /actuator}. */
@Configuration(proxyBeanMethods = false)
class ApiRoutes {

    @Bean
    RouterFunction<ServerResponse> routes(
            StatsHandler stats,
            EventHandler events,
            BalanceHandler balance,
            UnpricedHandler unpriced,
            QuotasHandler quotas,
            AlertsHandler alerts,
            KeysHandler keys,
            AuditHandler audit,
            DeadLettersHandler deadLetters) {
        return readOnly("/v1/stats", stats::get)
                .and(readOnly("/v1/events", events::get))
                .and(readOnly("/v1/balance", balance::get))
                .and(readOnly("/v1/unpriced", unpriced::get))
                .and(readOnly("/v1/quotas", quotas::get))
                .and(readOnly("/v1/alerts", alerts::get))
                .and(readOnly("/v1/keys", keys::get))
                .and(readOnly("/v1/audit", audit::get))
                .and(readOnly("/v1/dead-letters", deadLetters::list))
                .and(readOnly("/v1/dead-letters/{id}", deadLetters::get));
    }

    /** Any other method is told so: that nothing is there would not be true. */
    private static RouterFunction<ServerResponse> readOnly(String path, HandlerFunction<ServerResponse> handler) {
        return RouterFunctions.route()
                .GET(path, handler)
                .route(RequestPredicates.path(path), ApiRoutes::notAllowed)
                .build();
    }

    private static Mono<ServerResponse> notAllowed(ServerRequest request) {
        return Mono.error(new MethodNotAllowedException(request.method(), Set.of(HttpMethod.GET)));
    }
}
