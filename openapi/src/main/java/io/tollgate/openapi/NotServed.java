package io.tollgate.openapi;

import io.tollgate.edge.RequestIds;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** No such path, or not by this method: a problem document, where a service has few routes and no answers of its own. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class NotServed implements WebExceptionHandler {
    private final RequestIds ids;

    public NotServed(RequestIds ids) {
        this.ids = ids;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted() || !(failure instanceof ErrorResponse refused)) {
            return Mono.error(failure);
        }
        ServerHttpRequest request = exchange.getRequest();
        String id = ids.of(request.getHeaders().getFirst(RequestIds.HEADER));
        HttpStatus status = HttpStatus.valueOf(refused.getStatusCode().value());
        response.setStatusCode(status);
        // What would be taken instead: Allow.
        response.getHeaders().putAll(refused.getHeaders());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().set(RequestIds.HEADER, id);
        String code = status.name().toLowerCase(Locale.ROOT);
        String detail = request.getMethod() + " " + request.getPath().value() + " is not served here";
        byte[] body = Shape.JSON.writeValueAsBytes(problem(status, code, detail, id));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /** The members that every problem has. */
    public static Map<String, Object> problem(HttpStatus status, String code, String detail, String requestId) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:tollgate:problem:" + code);
        members.put("title", status.getReasonPhrase());
        members.put("status", status.value());
        members.put("detail", detail);
        members.put("code", code);
        members.put("instance", requestId);
        return members;
    }
}
