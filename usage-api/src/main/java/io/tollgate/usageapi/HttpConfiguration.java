package io.tollgate.usageapi;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** The HTTP server's own threads. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    /** Reactor's global ones end with the first service of the JVM that stops, whoever else still answers on them. */
    @Bean
    ReactorResourceFactory reactorResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }
}
