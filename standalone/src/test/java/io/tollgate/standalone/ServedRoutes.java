package io.tollgate.standalone;

import io.tollgate.gateway.http.HotRoutes;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import reactor.core.publisher.Mono;

/**
 * Every route that a service answers, read off what it is made of: {@code GET /v1/stats}. {@code ANY} is a path's answer
 * to the methods that it does not have, {@code ANY /**} that to paths without a route.
 */
final class ServedRoutes {
    static final String ANY = "ANY";
    static final String ELSEWHERE = "ANY /**";

    private ServedRoutes() {}

    static Set<String> of(ApplicationContext service) {
        Set<String> found = new TreeSet<>(Set.of(ELSEWHERE));
        service.getBeansOfType(RouterFunction.class).values().forEach(routes -> routes.accept(new Reader(found)));
        service.getBeansOfType(HotRoutes.class).values().forEach(hot -> hot.routes()
                .forEach(route -> {
                    route.methods().forEach(method -> found.add(method + " " + route.path()));
                    found.add(ANY + " " + route.path());
                }));
        service.getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(route -> add(route, found)));
        return found;
    }

    /** Actuator's, and those of controllers, should there be any. */
    private static void add(RequestMappingInfo route, Set<String> found) {
        route.getPatternsCondition().getPatterns().forEach(path -> {
            Set<?> methods = route.getMethodsCondition().getMethods();
            if (methods.isEmpty()) {
                found.add(ANY + " " + path.getPatternString());
            }
            methods.forEach(method -> found.add(method + " " + path.getPatternString()));
        });
    }

    private static final class Reader implements RouterFunctions.Visitor {
        private final Set<String> found;

        Reader(Set<String> found) {
            this.found = found;
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            Predicate read = new Predicate();
            predicate.accept(read);
            if (read.path == null) {
                found.add(read.methods.isEmpty() ? ELSEWHERE : read.methods + " /**");
            } else if (read.methods.isEmpty()) {
                found.add(ANY + " " + read.path);
            } else {
                read.methods.forEach(method -> found.add(method + " " + read.path));
            }
        }

        @Override
        public void startNested(RequestPredicate predicate) {
            throw new AssertionError("nested routes are not read here: " + predicate);
        }

        @Override
        public void endNested(RequestPredicate predicate) {}

        @Override
        public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
            throw new AssertionError("resources are not read here");
        }

        @Override
        public void attributes(Map<String, Object> attributes) {}

        @Override
        public void unknown(RouterFunction<?> routes) {
            throw new AssertionError("no routes can be read off " + routes);
        }
    }

    /** What a route asks of a request: methods and a path. */
    private static final class Predicate implements RequestPredicates.Visitor {
        private final Set<String> methods = new TreeSet<>();
        private @Nullable String path;

        @Override
        public void method(Set<HttpMethod> given) {
            given.forEach(method -> methods.add(method.name()));
        }

        @Override
        public void path(String pattern) {
            path = pattern;
        }

        @Override
        @SuppressWarnings("removal") // the interface still asks for it
        public void pathExtension(String extension) {}

        @Override
        public void header(String name, String value) {}

        @Override
        public void queryParam(String name, String value) {}

        @Override
        public void version(String version) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {}

        /** Every request. */
        @Override
        public void unknown(RequestPredicate predicate) {}
    }
}
