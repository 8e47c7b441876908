package io.tollgate.usageapi.problem;

import io.tollgate.edge.FailedAuthentications;
import io.tollgate.schemas.database.RootMessage;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failure with a problem document. Comes before Boot's own handler, which would answer otherwise. */
@Component
@Order(-2)
final class ProblemWriter implements WebExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemWriter.class);

    private final JsonMapper json;
    private final NamedRequests requestIds;
    private final FailedAuthentications failures;

    ProblemWriter(JsonMapper json, NamedRequests requestIds, FailedAuthentications failures) {
        this.json = json;
        this.requestIds = requestIds;
        this.failures = failures;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        String requestId = requestIds.of(exchange);
        Problem problem = counted(problemOf(failure, exchange, requestId), exchange.getRequest());
        response.setStatusCode(problem.status());
        HttpHeaders headers = response.getHeaders();
        if (failure instanceof ErrorResponse refused) {
            // What would be taken instead: Allow, Accept.
            headers.putAll(refused.getHeaders());
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tollgate\"");
        }
        if (problem.retryAfter() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter()));
        }
        byte[] body = json.writeValueAsBytes(ProblemBody.of(problem, requestId));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /** A wrong secret, of which its address has perhaps sent too many; who sends none tries none. */
    private Problem counted(Problem problem, ServerHttpRequest request) {
        if (problem.status() != HttpStatus.UNAUTHORIZED || problem.code().startsWith("missing_")) {
            return problem;
        }
        long retryAfter = failures.retryAfter(
                request.getRemoteAddress(), request.getHeaders().getOrEmpty(FailedAuthentications.FORWARDED_FOR));
        return retryAfter == 0
                ? problem
                : Problem.tooManyFailures(FailedAuthentications.explain(problem.detail(), retryAfter), retryAfter);
    }

    private static Problem problemOf(Throwable failure, ServerWebExchange exchange, String requestId) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof ErrorResponse refused) {
            return fromSpring(refused, exchange);
        }
        if (failure instanceof RejectedExecutionException) {
            return Problem.unavailable("busy", "Too many queries are waiting for the database. Try again.");
        }
        Problem fromDatabase = DatabaseProblems.of(failure);
        if (fromDatabase != null) {
            LOG.atWarn().addKeyValue("request_id", requestId).log("request {}: {}", requestId, RootMessage.of(failure));
            return fromDatabase;
        }
        LOG.atError().setCause(failure).addKeyValue("request_id", requestId).log("request {} failed", requestId);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal_error",
                "This should not have happened. The log has it under " + requestId + ".");
    }

    /** No such route, a method that it does not have, a media type that it can't give. */
    private static Problem fromSpring(ErrorResponse refused, ServerWebExchange exchange) {
        HttpStatus status = HttpStatus.valueOf(refused.getStatusCode().value());
        String what = exchange.getRequest().getMethod() + " "
                + exchange.getRequest().getPath().value();
        return Problem.of(
                status,
                status.name().toLowerCase(Locale.ROOT),
                what + ": " + status.getReasonPhrase().toLowerCase(Locale.ROOT) + ".");
    }
}
