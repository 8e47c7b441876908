package io.tollgate.usageapi.problem;

import io.tollgate.edge.RequestIds;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Names every request, and says the name in the answer. */
@Component
final class NamedRequests implements WebFilter {
    private static final String ATTRIBUTE = NamedRequests.class.getName();

    private final RequestIds ids = new RequestIds();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().set(RequestIds.HEADER, of(exchange));
        return chain.filter(exchange);
    }

    /** The name of a request, the same however often it is asked for. */
    String of(ServerWebExchange exchange) {
        String sent = exchange.getRequest().getHeaders().getFirst(RequestIds.HEADER);
        return (String) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, absent -> ids.of(sent));
    }
}
