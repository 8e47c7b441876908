package io.tollgate.sink;

import io.tollgate.edge.AdminToken;
import io.tollgate.edge.FailedAuthentications;
import io.tollgate.edge.PresentedSecret;
import io.tollgate.edge.RequestIds;
import io.tollgate.openapi.Access;
import io.tollgate.openapi.DocumentRoute;
import io.tollgate.openapi.NotServed;
import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import io.tollgate.schemas.config.AdminCheck;
import io.tollgate.schemas.config.Admins;
import io.tollgate.schemas.database.RootMessage;
import io.tollgate.sink.webhook.Redelivery;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * {@code POST /deliveries/{id}/redeliver}, for whoever has the admin token and for administrators who are operator or
 * admin: the one thing that people ask of the sink.
 */
@Configuration(proxyBeanMethods = false)
class RedeliveryRoute {
    private static final Operation REDELIVER = Operation.post(
                    "/deliveries/{id}/redeliver", "Send an alert's webhook once more")
            .by(Access.admin("operator", "admin"))
            .answers(202, "it will be sent", Shape.of(Accepted.class))
            .refuses(401, "unauthorized")
            .refuses(404, "not_found")
            .refuses(503, "database_unavailable");

    private final RequestIds ids = new RequestIds();

    record Accepted(String id, String state) {}

    @Bean
    @Order(0)
    RouterFunction<ServerResponse> openApi() {
        return DocumentRoute.of(
                "Tollgate sink",
                "Writes PostgreSQL and sends webhooks; there is little to ask of it.",
                List.of(REDELIVER));
    }

    @Bean
    NotServed notServed() {
        return new NotServed(ids);
    }

    @Bean
    RouterFunction<ServerResponse> redeliver(
            SinkSettings settings, Admins admins, Clock clock, DataSource database, FailedAuthentications failures) {
        AdminToken token = new AdminToken(settings.adminToken());
        Redelivery redelivery = new Redelivery(database);
        return RouterFunctions.route()
                .POST(REDELIVER.path(), request -> {
                    String secret = secret(request);
                    if (token.is(secret)) {
                        return redeliver(request, redelivery);
                    }
                    AdminCheck check =
                            secret == null ? new AdminCheck.Unknown() : admins.check(secret, clock.instant());
                    if (!(check instanceof AdminCheck.Valid valid)) {
                        return unknownCaller(request, failures);
                    }
                    return valid.mayChange() ? redeliver(request, redelivery) : roleMissing(request);
                })
                .build();
    }

    private static @Nullable String secret(ServerRequest request) {
        return PresentedSecret.of(
                request.headers().firstHeader(PresentedSecret.AUTHORIZATION),
                request.headers().firstHeader(PresentedSecret.API_KEY));
    }

    private Mono<ServerResponse> redeliver(ServerRequest request, Redelivery redelivery) {
        String id = request.pathVariable("id");
        return Mono.fromCallable(() -> redelivery.of(id))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(found -> found
                        ? ServerResponse.accepted().bodyValue(new Accepted(id, "pending"))
                        : problem(request, HttpStatus.NOT_FOUND, "not_found", "There is no delivery of this id."))
                .onErrorResume(
                        SQLException.class,
                        e -> problem(
                                request, HttpStatus.SERVICE_UNAVAILABLE, "database_unavailable", RootMessage.of(e)));
    }

    private Mono<ServerResponse> unknownCaller(ServerRequest request, FailedAuthentications failures) {
        String detail = "Authorization: Bearer … must carry an administrator's token.";
        long retryAfter = secret(request) == null
                ? 0
                : failures.retryAfter(
                        request.remoteAddress().orElse(null),
                        request.headers().header(FailedAuthentications.FORWARDED_FOR));
        return retryAfter == 0
                ? problem(request, HttpStatus.UNAUTHORIZED, "unauthorized", detail)
                : problem(
                        request,
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too_many_failures",
                        FailedAuthentications.explain(detail, retryAfter),
                        retryAfter);
    }

    private Mono<ServerResponse> roleMissing(ServerRequest request) {
        return problem(request, HttpStatus.FORBIDDEN, "role_missing", "This takes the role operator or admin.");
    }

    private Mono<ServerResponse> problem(ServerRequest request, HttpStatus status, String code, String detail) {
        return problem(request, status, code, detail, 0);
    }

    private Mono<ServerResponse> problem(
            ServerRequest request, HttpStatus status, String code, String detail, long retryAfter) {
        String id = ids.of(request.headers().firstHeader(RequestIds.HEADER));
        ServerResponse.BodyBuilder answer = ServerResponse.status(status).header(RequestIds.HEADER, id);
        if (status == HttpStatus.UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (retryAfter > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter));
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(NotServed.problem(status, code, detail, id));
    }
}
