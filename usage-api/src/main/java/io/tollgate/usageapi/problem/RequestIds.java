package io.tollgate.usageapi.problem;

import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives every request an id, the caller's own where it sends a sane one, and says it in the answer. */
@Component
final class RequestIds implements WebFilter {
    private static final String HEADER = "x-request-id";
    private static final String ATTRIBUTE = RequestIds.class.getName();
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().set(HEADER, of(exchange));
        return chain.filter(exchange);
    }

    static String of(ServerWebExchange exchange) {
        return (String) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, absent -> {
            String sent = exchange.getRequest().getHeaders().getFirst(HEADER);
            return sent != null && SANE.matcher(sent).matches()
                    ? sent
                    : UUID.randomUUID().toString();
        });
    }
}
