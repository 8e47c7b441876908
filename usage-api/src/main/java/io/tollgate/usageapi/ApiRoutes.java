package io.tollgate.usageapi;

import io.tollgate.openapi.DocumentRoute;
import io.tollgate.openapi.Operation;
import io.tollgate.usageapi.alert.AlertsHandler;
import io.tollgate.usageapi.audit.AuditHandler;
import io.tollgate.usageapi.balance.BalanceHandler;
import io.tollgate.usageapi.dashboard.DashboardHandler;
import io.tollgate.usageapi.dead.DeadLettersHandler;
import io.tollgate.usageapi.event.EventHandler;
import io.tollgate.usageapi.export.ExportHandler;
import io.tollgate.usageapi.forecast.ForecastHandler;
import io.tollgate.usageapi.key.KeysHandler;
import io.tollgate.usageapi.live.LiveHandler;
import io.tollgate.usageapi.meter.MetersHandler;
import io.tollgate.usageapi.quota.QuotasHandler;
import io.tollgate.usageapi.stats.StatsHandler;
import io.tollgate.usageapi.unpriced.UnpricedHandler;
import io.tollgate.usageapi.whoami.WhoamiHandler;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
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
            ForecastHandler forecast,
            MetersHandler meters,
            EventHandler events,
            BalanceHandler balance,
            UnpricedHandler unpriced,
            QuotasHandler quotas,
            AlertsHandler alerts,
            KeysHandler keys,
            AuditHandler audit,
            DeadLettersHandler deadLetters,
            WhoamiHandler whoami,
            DashboardHandler dashboard,
            ExportHandler exports,
            LiveHandler live) {
        return readOnly(StatsHandler.OPERATION, stats::get)
                .and(readOnly(ForecastHandler.OPERATION, forecast::get))
                .and(readOnly(MetersHandler.LIST, meters::list))
                .and(readOnly(MetersHandler.QUERY, meters::query))
                .and(readOnly(EventHandler.OPERATION, events::get))
                .and(readOnly(BalanceHandler.OPERATION, balance::get))
                .and(readOnly(BalanceHandler.MINUTES, balance::minutes))
                .and(readOnly(UnpricedHandler.OPERATION, unpriced::get))
                .and(readOnly(QuotasHandler.OPERATION, quotas::get))
                .and(readOnly(AlertsHandler.OPERATION, alerts::get))
                .and(readOnly(KeysHandler.OPERATION, keys::get))
                .and(readOnly(AuditHandler.OPERATION, audit::get))
                .and(readOnly(DeadLettersHandler.LIST, deadLetters::list))
                .and(readOnly(DeadLettersHandler.ONE, deadLetters::get))
                .and(readOnly(WhoamiHandler.OPERATION, whoami::get))
                .and(readOnly(DashboardHandler.PAGE, dashboard::page))
                .and(readOnly(DashboardHandler.FILE, dashboard::file))
                .and(download(ExportHandler.FILE, exports::file))
                .and(readOnly(ExportHandler.MANIFEST, exports::manifest))
                .and(readOnly(LiveHandler.OPERATION, live::get));
    }

    /** What {@code /openapi.json} says; a route that it doesn't have fails a test. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> openApi() {
        return DocumentRoute.of(
                "Tollgate usage API",
                "Reads the books: a key with the scope `read` sees its own company, an administrator every one.",
                List.of(
                        StatsHandler.OPERATION,
                        ForecastHandler.OPERATION,
                        MetersHandler.LIST,
                        MetersHandler.QUERY,
                        EventHandler.OPERATION,
                        BalanceHandler.OPERATION,
                        BalanceHandler.MINUTES,
                        UnpricedHandler.OPERATION,
                        QuotasHandler.OPERATION,
                        AlertsHandler.OPERATION,
                        KeysHandler.OPERATION,
                        AuditHandler.OPERATION,
                        DeadLettersHandler.LIST,
                        DeadLettersHandler.ONE,
                        WhoamiHandler.OPERATION,
                        DashboardHandler.PAGE,
                        DashboardHandler.FILE,
                        ExportHandler.FILE,
                        ExportHandler.MANIFEST,
                        LiveHandler.OPERATION));
    }

    /** Any other method is told so: that nothing is there would not be true. */
    private static RouterFunction<ServerResponse> readOnly(
            Operation operation, HandlerFunction<ServerResponse> handler) {
        String path = operation.path();
        return RouterFunctions.route()
                .GET(path, handler)
                .route(RequestPredicates.path(path), ApiRoutes::notAllowed)
                .build();
    }

    /** Who downloads may also ask how large it is. */
    private static RouterFunction<ServerResponse> download(
            Operation operation, HandlerFunction<ServerResponse> handler) {
        String path = operation.path();
        return RouterFunctions.route()
                .GET(path, handler)
                .route(
                        RequestPredicates.path(path),
                        request -> request.method().equals(HttpMethod.HEAD)
                                ? handler.handle(request)
                                : notAllowed(request))
                .build();
    }

    private static Mono<ServerResponse> notAllowed(ServerRequest request) {
        return Mono.error(new MethodNotAllowedException(request.method(), Set.of(HttpMethod.GET)));
    }
}
