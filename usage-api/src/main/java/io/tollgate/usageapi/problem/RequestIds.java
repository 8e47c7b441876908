package io.tollgate.usageapi.problem;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Names every request, and says the name in the answer: as the caller did in {@value #HEADER} if it is a plain name,
 * else by a count behind a random start. The gateway names its own by the same rule.
 */
@Component
final class RequestIds implements WebFilter {
    static final String HEADER = "x-request-id";

    private static final String ATTRIBUTE = RequestIds.class.getName();
    /** Goes into a header, a log and JSON as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    RequestIds() {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        prefix = "req_" + HexFormat.of().formatHex(random) + "_";
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().set(HEADER, of(exchange));
        return chain.filter(exchange);
    }

    /** The name of a request, the same however often it is asked for. */
    String of(ServerWebExchange exchange) {
        String sent = exchange.getRequest().getHeaders().getFirst(HEADER);
        return (String) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, absent -> name(sent));
    }

    String name(@Nullable String sent) {
        return sent != null && PLAIN.matcher(sent).matches()
                ? sent
                : prefix + Long.toHexString(count.incrementAndGet());
    }
}
