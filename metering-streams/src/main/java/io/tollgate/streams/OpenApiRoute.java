package io.tollgate.streams;

import io.tollgate.edge.RequestIds;
import io.tollgate.openapi.DocumentRoute;
import io.tollgate.openapi.NotServed;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET /openapi.json}: of health and metrics, which are all that there is to ask here. */
@Configuration(proxyBeanMethods = false)
class OpenApiRoute {
    @Bean
    RouterFunction<ServerResponse> openApi() {
        return DocumentRoute.of("Tollgate streams", "The topology; its work comes and goes by Kafka.", List.of());
    }

    @Bean
    NotServed notServed() {
        return new NotServed(new RequestIds());
    }
}
