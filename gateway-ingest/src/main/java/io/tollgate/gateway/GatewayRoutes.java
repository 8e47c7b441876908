package io.tollgate.gateway;

import io.tollgate.gateway.admin.AdminApi;
import io.tollgate.gateway.admin.AdminDoor;
import io.tollgate.gateway.admin.Admins;
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
import io.tollgate.gateway.admission.AdmissionsApi;
import io.tollgate.gateway.admission.AdmissionsEndpoint;
import io.tollgate.gateway.catalog.ImportApi;
import io.tollgate.gateway.catalog.PriceImports;
import io.tollgate.gateway.config.ConfigApi;
import io.tollgate.gateway.config.ConfigDocuments;
import io.tollgate.gateway.config.Versions;
import io.tollgate.gateway.http.HotRoutes;
import io.tollgate.gateway.ingest.EventsApi;
import io.tollgate.gateway.ingest.EventsEndpoint;
import io.tollgate.gateway.otlp.TracesApi;
import io.tollgate.gateway.otlp.TracesIntake;
import io.tollgate.gateway.period.Periods;
import io.tollgate.openapi.DocumentRoute;
import io.tollgate.openapi.Operation;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Every route of the gateway. Besides these there are only the actuator's. */
@Configuration(proxyBeanMethods = false)
class GatewayRoutes {

    /** What is called for every event: straight on the server, before Spring. */
    @Bean
    HotRoutes hotRoutes(EventsEndpoint events, TracesIntake traces, AdmissionsEndpoint admissions) {
        return HotRoutes.none()
                .on("/v1/events", events::handle, "POST")
                .on("/api/v1/events", events::handle, "POST")
                .on("/v1/traces", (request, response) -> events.handle(request, response, traces), "POST")
                .on("/v1/litellm", events::handleLitellm, "POST")
                .on("/v1/vendor/{format}", events::handleVendor, "POST")
                .on("/v1/vendor", events::formats, "GET")
                .on("/v1/admissions", admissions::ask, "POST")
                .on("/v1/admissions/{reservation}", admissions::one, "GET", "DELETE");
    }

    /** What {@code /openapi.json} says; a route that it doesn't have fails a test. Before the routes that end in not found. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> openApi() {
        List<Operation> operations = new ArrayList<>(EventsApi.operations());
        operations.add(TracesApi.operation());
        operations.addAll(AdmissionsApi.operations());
        operations.addAll(AdminApi.operations());
        operations.add(AdminApi.changed(ImportApi.operation()));
        operations.addAll(Periods.operations());
        operations.addAll(ConfigApi.operations());
        return DocumentRoute.of(
                "Tollgate gateway", "Everything that enters: events, admissions, configuration.", operations);
    }

    /** Each names the least that an administrator must be. */
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
            DeadLetters deadLetters,
            Periods periods,
            Admins admins,
            ConfigDocuments config,
            Versions versions) {
        return RouterFunctions.route()
                .GET("/admin/v1/companies", door.toAuditors(companies::list))
                .PUT("/admin/v1/companies/{id}", door.toOperators(companies::put))
                .GET("/admin/v1/companies/{id}", door.toAuditors(companies::get))
                .DELETE("/admin/v1/companies/{id}", door.toOperators(companies::delete))
                .POST("/admin/v1/keys", door.toOperators(keys::post))
                .GET("/admin/v1/keys", door.toAuditors(keys::list))
                .PUT("/admin/v1/keys/{id}", door.toOperators(keys::put))
                .GET("/admin/v1/keys/{id}", door.toAuditors(keys::get))
                .DELETE("/admin/v1/keys/{id}", door.toOperators(keys::revoke))
                .POST("/admin/v1/keys/{id}/rotate", door.toOperators(keys::rotate))
                .POST("/admin/v1/keys/{id}/block", door.toOperators(keys::block))
                .POST("/admin/v1/keys/{id}/unblock", door.toOperators(keys::unblock))
                .GET("/admin/v1/users", door.toAuditors(users::list))
                .PUT("/admin/v1/users/{company}/{id}", door.toOperators(users::put))
                .GET("/admin/v1/users/{company}/{id}", door.toAuditors(users::get))
                .DELETE("/admin/v1/users/{company}/{id}", door.toOperators(users::delete))
                .GET("/admin/v1/quotas", door.toAuditors(quotas::list))
                .PUT("/admin/v1/quotas/{id}", door.toOperators(quotas::put))
                .GET("/admin/v1/quotas/{id}", door.toAuditors(quotas::get))
                .DELETE("/admin/v1/quotas/{id}", door.toOperators(quotas::delete))
                .POST("/admin/v1/quotas/{id}/reset", door.toOperators(quotas::reset))
                .GET("/admin/v1/alert-rules", door.toAuditors(alertRules::list))
                .PUT("/admin/v1/alert-rules/{id}", door.toOperators(alertRules::put))
                .GET("/admin/v1/alert-rules/{id}", door.toAuditors(alertRules::get))
                .DELETE("/admin/v1/alert-rules/{id}", door.toOperators(alertRules::delete))
                .GET("/admin/v1/webhooks", door.toAuditors(webhooks::list))
                .PUT("/admin/v1/webhooks/{id}", door.toOperators(webhooks::put))
                .GET("/admin/v1/webhooks/{id}", door.toAuditors(webhooks::get))
                .DELETE("/admin/v1/webhooks/{id}", door.toOperators(webhooks::delete))
                .POST("/admin/v1/webhooks/{id}/rotate", door.toOperators(webhooks::rotate))
                .POST("/admin/v1/prices", door.toOperators(prices::post))
                .POST("/admin/v1/prices/import", door.toOperators(imports::post))
                .POST("/admin/v1/prices/quote", door.toReaders(quotes::post))
                .GET("/admin/v1/prices", door.toAuditors(prices::list))
                .GET("/admin/v1/prices/history", door.toAuditors(prices::history))
                .POST("/admin/v1/reratings", door.toOperators(reratings::post))
                .GET("/admin/v1/reratings", door.toAuditors(reratings::list))
                .GET("/admin/v1/reratings/{id}", door.toAuditors(reratings::get))
                .DELETE("/admin/v1/reratings/{id}", door.toOperators(reratings::delete))
                .POST("/admin/v1/reratings/{id}/pause", door.toOperators(reratings::pause))
                .POST("/admin/v1/reratings/{id}/resume", door.toOperators(reratings::resume))
                .POST("/admin/v1/reratings/{id}/cancel", door.toOperators(reratings::cancel))
                .GET("/admin/v1/admins", door.toAuditors(admins::list))
                .PUT("/admin/v1/admins/{id}", door.toAdmins(admins::put))
                .GET("/admin/v1/admins/{id}", door.toAuditors(admins::get))
                .DELETE("/admin/v1/admins/{id}", door.toAdmins(admins::delete))
                .POST("/admin/v1/admins/{id}/rotate", door.toAdmins(admins::rotate))
                .POST("/admin/v1/dead-letters/replay", door.toOperators(deadLetters::replay))
                .POST("/admin/v1/dead-letters/{id}/replay", door.toOperators(deadLetters::one))
                .GET("/admin/v1/periods", door.toAuditors(periods::list))
                .GET("/admin/v1/periods/{month}", door.toAuditors(periods::get))
                .POST("/admin/v1/periods/{month}/close", door.toOperators(periods::close))
                .GET("/admin/v1/config", door.toAuditors(config::get))
                .POST("/admin/v1/config", door.toOperators(config::post))
                .GET("/admin/v1/versions", door.toAuditors(versions::list))
                .GET("/admin/v1/versions/{id}", door.toAuditors(versions::get))
                .POST("/admin/v1/versions/{id}/restore", door.toOperators(versions::restore))
                .route(RequestPredicates.all(), door::notFound)
                .build();
    }
}
