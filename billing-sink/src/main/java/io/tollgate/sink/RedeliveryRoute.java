package io.tollgate.sink;

import io.tollgate.edge.AdminToken;
import io.tollgate.edge.PresentedSecret;
import io.tollgate.schemas.database.RootMessage;
import io.tollgate.sink.webhook.Redelivery;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code POST /deliveries/{id}/redeliver}, for whoever has the admin token: the one thing that people ask of the sink. */
@Configuration(proxyBeanMethods = false)
class RedeliveryRoute {
    @Bean
    RouterFunction<ServerResponse> redeliver(SinkSettings settings, DataSource database) {
        AdminToken token = new AdminToken(settings.adminToken());
        Redelivery redelivery = new Redelivery(database);
        return RouterFunctions.route()
                .POST(
                        "/deliveries/{id}/redeliver",
                        request -> token.is(secret(request)) ? redeliver(request, redelivery) : unknownCaller())
                .build();
    }

    private static @Nullable String secret(ServerRequest request) {
        return PresentedSecret.of(
                request.headers().firstHeader(PresentedSecret.AUTHORIZATION),
                request.headers().firstHeader(PresentedSecret.API_KEY));
    }

    private static Mono<ServerResponse> redeliver(ServerRequest request, Redelivery redelivery) {
        String id = request.pathVariable("id");
        return Mono.fromCallable(() -> redelivery.of(id))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(found -> found
                        ? ServerResponse.accepted().bodyValue(Map.of("id", id, "state", "pending"))
                        : problem(HttpStatus.NOT_FOUND, "not_found", "There is no delivery of this id."))
                .onErrorResume(
                        SQLException.class,
                        e -> problem(HttpStatus.SERVICE_UNAVAILABLE, "database_unavailable", RootMessage.of(e)));
    }

    private static Mono<ServerResponse> unknownCaller() {
        return problem(
                HttpStatus.UNAUTHORIZED,
                "unauthorized",
                "Authorization: Bearer … must carry the token in tollgate.admin-token.");
    }

    private static Mono<ServerResponse> problem(HttpStatus status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:tollgate:problem:" + code));
        problem.setProperty("code", code);
        ServerResponse.BodyBuilder answer = ServerResponse.status(status);
        if (status == HttpStatus.UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).bodyValue(problem);
    }
}
