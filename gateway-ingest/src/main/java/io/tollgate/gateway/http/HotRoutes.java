package io.tollgate.gateway.http;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * The routes that are served straight on the server, before Spring. What is not in this list is not served, so that
 * whoever reads it, a test or a document, has seen them all.
 */
public final class HotRoutes implements NettyRouteProvider {
    private final List<HotRoute> routes;

    private HotRoutes(List<HotRoute> routes) {
        this.routes = routes;
    }

    public static HotRoutes none() {
        return new HotRoutes(List.of());
    }

    /**
     * These and one more.
     *
     * @param path as it is, or with a variable as its last part, which then takes all that follows
     * @param methods that the handler answers; it refuses the others itself
     */
    public HotRoutes on(
            String path,
            BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler,
            String... methods) {
        HotRoute route = new HotRoute(List.of(methods), path, handler);
        return new HotRoutes(Stream.concat(routes.stream(), Stream.of(route)).toList());
    }

    public List<HotRoute> routes() {
        return routes;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes server) {
        routes.forEach(route -> server.route(request -> route.takes(request.uri()), route.handler()));
        return server;
    }

    /**
     * One of them.
     *
     * @param methods that the handler answers
     * @param path with a variable in braces, if it has one, as its last part
     */
    public record HotRoute(
            List<String> methods,
            String path,
            BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {

        /** Whether a request target, path and query, is one of this route's. */
        boolean takes(String target) {
            int variable = path.indexOf('{');
            if (variable >= 0) {
                return target.startsWith(path.substring(0, variable));
            }
            return target.startsWith(path) && (target.length() == path.length() || target.charAt(path.length()) == '?');
        }
    }
}
