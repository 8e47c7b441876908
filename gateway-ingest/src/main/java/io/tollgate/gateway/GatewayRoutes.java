package io.tollgate.gateway;

import io.tollgate.gateway.ingest.EventsEndpoint;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.server.HttpServerRequest;

/** Every route of the gateway. Besides these there are only the actuator's. */
@Configuration(proxyBeanMethods = false)
class GatewayRoutes {

    /** What is called for every event: straight on the server, before Spring. */
    @Bean
    NettyRouteProvider hotRoutes(EventsEndpoint events) {
        return routes -> routes.route(at("/v1/events").or(at("/api/v1/events")), events::handle);
    }

    private static java.util.function.Predicate<HttpServerRequest> at(String path) {
        return request -> {
            String uri = request.uri();
            return uri.startsWith(path) && (uri.length() == path.length() || uri.charAt(path.length()) == '?');
        };
    }
}
