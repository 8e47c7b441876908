package io.tollgate.edge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses a request whose media types can't be read, whose path Actuator can't, or names what PostgreSQL can't look for,
 * before anybody asks for them: whoever does would meet an exception that is taken for a fault of the server's.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ReadableRequests implements WebFilter {
    private static final String ACTUATOR = "/actuator";
    private static final String SLASH = "%2F";
    private static final String ZERO = "%00";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        ResponseStatusException objection = objection(request.getPath().value(), request.getHeaders());
        return objection == null ? chain.filter(exchange) : Mono.error(objection);
    }

    /**
     * Null where all of it can be read.
     *
     * @param path as it came, encoded
     */
    static @Nullable ResponseStatusException objection(String path, HttpHeaders headers) {
        boolean isActuators = path.startsWith(ACTUATOR);
        if (isActuators && path.toUpperCase(Locale.ROOT).contains(SLASH)) {
            return new ResponseStatusException(HttpStatus.NOT_FOUND, "a part of the path has a slash in it");
        }
        if (path.contains(ZERO)) {
            return new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "the path holds a U+0000, which no stored text does");
        }
        try {
            headers.getContentType();
        } catch (InvalidMediaTypeException e) {
            return new UnsupportedMediaTypeStatusException("Content-Type: " + e.getMessage());
        }
        try {
            headers.getAccept();
            if (isActuators) {
                // Which takes them one by one, empty ones too.
                headers.getOrEmpty(HttpHeaders.ACCEPT)
                        .forEach(accept -> MimeTypeUtils.tokenize(accept).forEach(MimeTypeUtils::parseMimeType));
            }
        } catch (InvalidMediaTypeException | InvalidMimeTypeException e) {
            return new NotAcceptableStatusException("Accept: " + e.getMessage());
        }
        return null;
    }
}
