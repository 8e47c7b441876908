package io.tollgate.gateway;

import io.tollgate.gateway.admin.AdminDoor;
import io.tollgate.gateway.admin.AlertRules;
import io.tollgate.gateway.admin.Companies;
import io.tollgate.gateway.admin.DeadLetters;
import io.tollgate.gateway.admin.Keys;
import io.tollgate.gateway.admin.Prices;
import io.tollgate.gateway.admin.Quotas;
import io.tollgate.gateway.admin.Quotes;
import io.tollgate.gateway.admin.Reratings;
import io.tollgate.gateway.admin.Users;
import io.tollgate.gateway.admin.Webhooks;
import io.tollgate.gateway.admission.AdmissionsEndpoint;
import io.tollgate.gateway.catalog.PriceImports;
import io.tollgate.gateway.ingest.EventsEndpoint;
import io.tollgate.gateway.otlp.TracesIntake;
import java.util.function.Predicate;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.http.server.HttpServerRequest;

/** Every route of the gateway. Besides these there are only the actuator's. */
@Configuration(proxyBeanMethods = false)
class GatewayRoutes {

    /** What is called for every event: straight on the server, before Spring. */
    @Bean
    NettyRouteProvider hotRoutes(EventsEndpoint events, TracesIntake traces, AdmissionsEndpoint admissions) {
        return routes -> routes.route(at("/v1/events").or(at("/api/v1/events")), events::handle)
                .route(at("/v1/traces"), (request, response) -> events.handle(request, response, traces))
                .route(at("/v1/litellm"), events::handleLitellm)
                .route(request -> request.uri().startsWith("/v1/vendor/"), events::handleVendor)
                .route(at("/v1/vendor"), events::formats)
                .route(at("/v1/admissions"), admissions::ask)
                .route(request -> request.uri().startsWith("/v1/admissions/"), admissions::one);
    }

    @Bean
    RouterFunction<ServerResponse> adminRoutes(
            AdminDoor door,
            Companies companies,
            Keys keys,
            Users users,
            Quotas quotas,
            AlertRules alertRules,
            Webhooks webhooks,
            Prices prices,
            Quotes quotes,
            PriceImports imports,
            Reratings reratings,
            DeadLetters deadLetters) {
        return RouterFunctions.route()
                .GET("/admin/v1/companies", door.to(companies::list))
                .PUT("/admin/v1/companies/{id}", door.to(companies::put))
                .GET("/admin/v1/companies/{id}", door.to(companies::get))
                .DELETE("/admin/v1/companies/{id}", door.to(companies::delete))
                .POST("/admin/v1/keys", door.to(keys::post))
                .GET("/admin/v1/keys", door.to(keys::list))
                .GET("/admin/v1/keys/{id}", door.to(keys::get))
                .DELETE("/admin/v1/keys/{id}", door.to(keys::revoke))
                .POST("/admin/v1/keys/{id}/rotate", door.to(keys::rotate))
                .POST("/admin/v1/keys/{id}/block", door.to(keys::block))
                .POST("/admin/v1/keys/{id}/unblock", door.to(keys::unblock))
                .GET("/admin/v1/users", door.to(users::list))
                .PUT("/admin/v1/users/{company}/{id}", door.to(users::put))
                .GET("/admin/v1/users/{company}/{id}", door.to(users::get))
                .DELETE("/admin/v1/users/{company}/{id}", door.to(users::delete))
                .GET("/admin/v1/quotas", door.to(quotas::list))
                .PUT("/admin/v1/quotas/{id}", door.to(quotas::put))
                .GET("/admin/v1/quotas/{id}", door.to(quotas::get))
                .DELETE("/admin/v1/quotas/{id}", door.to(quotas::delete))
                .POST("/admin/v1/quotas/{id}/reset", door.to(quotas::reset))
                .GET("/admin/v1/alert-rules", door.to(alertRules::list))
                .PUT("/admin/v1/alert-rules/{id}", door.to(alertRules::put))
                .GET("/admin/v1/alert-rules/{id}", door.to(alertRules::get))
                .DELETE("/admin/v1/alert-rules/{id}", door.to(alertRules::delete))
                .GET("/admin/v1/webhooks", door.to(webhooks::list))
                .PUT("/admin/v1/webhooks/{id}", door.to(webhooks::put))
                .GET("/admin/v1/webhooks/{id}", door.to(webhooks::get))
                .DELETE("/admin/v1/webhooks/{id}", door.to(webhooks::delete))
                .POST("/admin/v1/webhooks/{id}/rotate", door.to(webhooks::rotate))
                .POST("/admin/v1/prices", door.to(prices::post))
                .POST("/admin/v1/prices/import", door.to(imports::post))
                .POST("/admin/v1/prices/quote", door.toReaders(quotes::post))
                .GET("/admin/v1/prices", door.to(prices::list))
                .GET("/admin/v1/prices/history", door.to(prices::history))
                .POST("/admin/v1/reratings", door.to(reratings::post))
                .GET("/admin/v1/reratings", door.to(reratings::list))
                .GET("/admin/v1/reratings/{id}", door.to(reratings::get))
                .DELETE("/admin/v1/reratings/{id}", door.to(reratings::delete))
                .POST("/admin/v1/reratings/{id}/pause", door.to(reratings::pause))
                .POST("/admin/v1/reratings/{id}/resume", door.to(reratings::resume))
                .POST("/admin/v1/reratings/{id}/cancel", door.to(reratings::cancel))
                .POST("/admin/v1/dead-letters/replay", door.to(deadLetters::replay))
                .route(RequestPredicates.all(), door::notFound)
                .build();
    }

    private static Predicate<HttpServerRequest> at(String path) {
        return request -> {
            String uri = request.uri();
            return uri.startsWith(path) && (uri.length() == path.length() || uri.charAt(path.length()) == '?');
        };
    }
}
