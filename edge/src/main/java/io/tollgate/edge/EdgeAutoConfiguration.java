package io.tollgate.edge;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;

/** In every service that has this module on its classpath. */
@AutoConfiguration
@EnableConfigurationProperties(EdgeSettings.class)
class EdgeAutoConfiguration {

    @Bean
    FailedAuthentications failedAuthentications(EdgeSettings settings, MeterRegistry meters) {
        return new FailedAuthentications(settings, meters);
    }

    @Bean
    NettyServerCustomizer safeHeaders() {
        return server -> server.doOnChannelInit((observer, channel, remote) -> SafeHeaders.addTo(channel.pipeline()));
    }

    @Bean
    ReadableRequests readableRequests() {
        return new ReadableRequests();
    }

    @Bean
    TlsBundle tlsBundle(EdgeSettings settings) {
        return new TlsBundle(settings.tls());
    }
}
